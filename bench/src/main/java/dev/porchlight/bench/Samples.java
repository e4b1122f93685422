package dev.porchlight.bench;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.engine.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Messages as a home sends them. */
final class Samples {
  static final Detection DETECTION = new Detection(4711, "cam-front", "person", 0.9512,
      Instant.parse("2025-12-23T12:00:00.250Z"), 100, 150, 200, 400);
  static final NewEvent EVENT = new NewEvent(815, "cam-front", 75, RiskLevel.HIGH, "Person detected at front door",
      "A person stands at the front door for a minute, with nobody expected at this hour and a vehicle waiting in the "
          + "street.",
      Instant.parse("2025-12-23T12:00:00Z"), Instant.parse("2025-12-23T12:01:30Z"));

  /** About as long as a {@code detection}. */
  static final String PAYLOAD = """
                                {"type":"detection","data":{"id":4711,"camera_id":"cam-front","object_type":"person","confidence":0.9512,\
                                "detected_at":"2025-12-23T12:00:00.250Z","bbox_x":100,"bbox_y":150,"bbox_width":200,"bbox_height":400}}""";

  /** The same as a message. */
  static final Message MESSAGE = PublishedMessage.of(PAYLOAD.getBytes(StandardCharsets.UTF_8));

  private Samples() {}
}
