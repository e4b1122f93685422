package dev.porchlight.json;

import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.NewEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The fields of the wire's records, in the wire's order. A value that is not known, or not finite, is null; a field is
 * never left out.
 */
public final class WireJson {
  private static final int CONFIDENCE_DECIMALS = 4;

  private WireJson() {}

  /** The fields of a {@code new_event}. */
  public static void newEvent(JsonGenerator json, NewEvent event) {
    json.writeNumberProperty("id", event.id());
    text(json, "camera_id", event.cameraId());
    json.writeNumberProperty("risk_score", event.riskScore());
    text(json, "risk_level", event.riskLevel().wireName());
    text(json, "summary", event.summary());
    text(json, "reasoning", event.reasoning());
    time(json, "started_at", event.startedAt());
    time(json, "ended_at", event.endedAt());
  }

  /** The fields of an {@code event_updated}. */
  public static void eventUpdate(JsonGenerator json, EventUpdate update) {
    newEvent(json, update.event());
    json.writeBooleanProperty("reviewed", update.reviewed());
    text(json, "verdict", update.verdict());
  }

  /** The fields of a {@code detection}. */
  public static void detection(JsonGenerator json, Detection detection) {
    json.writeNumberProperty("id", detection.id());
    text(json, "camera_id", detection.cameraId());
    text(json, "object_type", detection.objectType());
    confidence(json, "confidence", detection.confidence());
    time(json, "detected_at", detection.detectedAt());
    json.writeNumberProperty("bbox_x", detection.bboxX());
    json.writeNumberProperty("bbox_y", detection.bboxY());
    json.writeNumberProperty("bbox_width", detection.bboxWidth());
    json.writeNumberProperty("bbox_height", detection.bboxHeight());
  }

  /** The fields of a {@code gpu_stats}. */
  public static void gpuStats(JsonGenerator json, GpuStats stats) {
    number(json, "gpu_utilization", stats.gpuUtilization());
    number(json, "memory_used", stats.memoryUsed());
    number(json, "memory_total", stats.memoryTotal());
    number(json, "temperature", stats.temperature());
    number(json, "inference_fps", stats.inferenceFps());
    time(json, "recorded_at", stats.recordedAt());
  }

  /** The fields of a {@code camera_status}. */
  public static void cameraStatus(JsonGenerator json, CameraStatus status) {
    text(json, "camera_id", status.cameraId());
    text(json, "status", status.status().wireName());
    time(json, "last_seen_at", status.lastSeenAt());
  }

  /** A confidence, at most four decimals. */
  public static void confidence(JsonGenerator json, String name, double confidence) {
    json.writeName(name);
    if (Double.isFinite(confidence)) {
      BigDecimal rounded = BigDecimal.valueOf(confidence).setScale(CONFIDENCE_DECIMALS, RoundingMode.HALF_UP);
      json.writeNumber(rounded.stripTrailingZeros().doubleValue());
    } else {
      json.writeNull();
    }
  }

  /** A text, or null; always valid UTF-8. */
  public static void text(JsonGenerator json, String name, @Nullable String value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(Json.wellFormed(value));
    }
  }

  /** A time in UTC with {@code Z}, with a fraction only when there is one; or null. */
  public static void time(JsonGenerator json, String name, @Nullable Instant time) {
    text(json, name, time == null ? null : time.toString());
  }

  private static void number(JsonGenerator json, String name, @Nullable Double value) {
    json.writeName(name);
    if (value == null || !Double.isFinite(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable Long value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }
}
