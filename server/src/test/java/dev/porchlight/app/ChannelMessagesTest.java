package dev.porchlight.app;

import dev.porchlight.live.Examples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ChannelMessagesTest {
  private final ChannelMessages messages = new ChannelMessages();

  @Test
  void theJournalKeepsEventsAsTheyAreOnTheWire() {
    assertThat(text(messages.newEvent(Examples.NEW_EVENT)))
        .isEqualTo("""
                   {"type":"new_event","data":{"id":1,"camera_id":"cam-123","risk_score":75,"risk_level":"high",\
                   "summary":"Person detected at front door","reasoning":"Analysis text...",\
                   "started_at":"2025-12-23T12:00:00Z","ended_at":"2025-12-23T12:01:30Z"}}""");
  }

  @Test
  void theJournalKeepsDetectionsAsTheyAreOnTheWire() {
    assertThat(text(messages.detection(Examples.DETECTION)))
        .isEqualTo(
            """
            {"type":"detection","data":{"id":1,"camera_id":"cam-123","object_type":"person","confidence":0.95,\
            "detected_at":"2025-12-23T12:00:00Z","bbox_x":100,"bbox_y":150,"bbox_width":200,"bbox_height":400}}""");
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }
}
