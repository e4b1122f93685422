package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.engine.SlowRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessageFormatTest {
  private final EventBroadcaster events = new EventBroadcaster(Examples.channel(SlowRule.CLOSE));
  private final SystemBroadcaster system = new SystemBroadcaster(Examples.channel(SlowRule.LATEST));
  private final RecordingConnection connection = new RecordingConnection();

  @Test
  void eventMessageFormat() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection client = setup.connected();

      setup.events().broadcastNewEvent(Examples.NEW_EVENT);

      assertThat(client.texts())
          .containsExactly("""
                           {"type":"new_event","data":{"id":1,"camera_id":"cam-123","risk_score":75,\
                           "risk_level":"high","summary":"Person detected at front door",\
                           "reasoning":"Analysis text...","started_at":"2025-12-23T12:00:00Z",\
                           "ended_at":"2025-12-23T12:01:30Z"}}""");
    });
  }

  @Test
  void detectionMessageFormat() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection client = setup.connected();

      setup.events().broadcastDetection(Examples.DETECTION);

      assertThat(client.texts())
          .containsExactly("""
                           {"type":"detection","data":{"id":1,"camera_id":"cam-123","object_type":"person",\
                           "confidence":0.95,"detected_at":"2025-12-23T12:00:00Z","bbox_x":100,"bbox_y":150,\
                           "bbox_width":200,"bbox_height":400}}""");
    });
  }

  @Test
  void gpuStatsMessageFormat() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      RecordingConnection client = setup.connected();

      setup.system().broadcastGpuStats(Examples.GPU_STATS);

      assertThat(client.texts())
          .containsExactly("""
                           {"type":"gpu_stats","data":{"gpu_utilization":75.5,"memory_used":12345678900,\
                           "memory_total":25769803776,"temperature":72.0,"inference_fps":30.5,\
                           "recorded_at":"2025-12-23T12:00:00Z"}}""");
    });
  }

  @Test
  void cameraStatusMessageFormat() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      RecordingConnection client = setup.connected();

      setup.system().broadcastCameraStatus(Examples.CAMERA_STATUS);

      assertThat(client.texts())
          .containsExactly("""
                           {"type":"camera_status","data":{"camera_id":"cam-123","status":"online",\
                           "last_seen_at":"2025-12-23T12:00:00Z"}}""");
    });
  }

  @Test
  void whatIsNotKnownOrNotFiniteIsNull() {
    system.connect(connection);

    system.broadcastGpuStats(new GpuStats(null, null, null, Double.NaN, Double.POSITIVE_INFINITY, Examples.NOON));

    assertThat(connection.texts())
        .containsExactly("""
                         {"type":"gpu_stats","data":{"gpu_utilization":null,"memory_used":null,"memory_total":null,\
                         "temperature":null,"inference_fps":null,"recorded_at":"2025-12-23T12:00:00Z"}}""");
  }

  @Test
  void aConfidenceHasAtMostFourDecimals() {
    events.connect(connection);

    events.broadcastDetection(new Detection(1, "c", "dog", 0.87654321, Examples.NOON, 0, 0, 1, 1));

    assertThat(connection.message().get("data").get("confidence").asString()).isEqualTo("0.8765");
  }

  @Test
  void aTimeHasAFractionOnlyWhenThereIsOne() {
    events.connect(connection);

    events.broadcastDetection(new Detection(1, "c", "dog", 1, Instant.parse("2025-12-23T12:00:00.250Z"), 0, 0, 1, 1));

    assertThat(connection.message().get("data").get("detected_at").stringValue()).isEqualTo("2025-12-23T12:00:00.250Z");
  }

  @Test
  void aTextIsValidUtf8WhateverItHolds() {
    events.connect(connection);
    String text = "\"quoted\" \\ \u0000 \u2028 äöü 🚪 lone \uD83D end";

    events.broadcastNewEvent(new NewEvent(1, "c", 0, RiskLevel.LOW, text, text, Examples.NOON, Examples.NOON));

    String received = connection.message().get("data").get("summary").stringValue();
    assertThat(received).isEqualTo(text.replace('\uD83D', '\uFFFD').replace("\uFFFD\uDEAA", "🚪"));
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(received)).isTrue();
  }
}
