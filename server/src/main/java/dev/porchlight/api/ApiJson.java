package dev.porchlight.api;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Health;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.SourceCheck;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of REST: the fields of the wire, and more. */
final class ApiJson {
  private ApiJson() {}

  static void camera(JsonGenerator json, Camera camera) {
    WireJson.text(json, "camera_id", camera.id());
    WireJson.text(json, "name", camera.name());
    WireJson.text(json, "status", camera.status().wireName());
    WireJson.time(json, "last_seen_at", camera.lastSeenAt());
    WireJson.time(json, "created_at", camera.createdAt());
    CameraSettings settings = camera.settings();
    WireJson.text(json, "source", settings.source() == null ? null : settings.source().display());
    number(json, "fps", settings.fps());
    number(json, "sensitivity", settings.sensitivity());
    AreaFields.write(json, "areas", settings.areas());
    json.writeBooleanProperty("enabled", settings.enabled());
    Duration silence = settings.offlineAfter();
    number(json, "offline_after", silence == null ? null : silence.toMillis() / 1_000.0);
    CameraScene scene = settings.scene();
    WireJson.text(json, "place", scene.place());
    WireJson.text(json, "scene", scene.kind() == null ? null : scene.kind().wireName());
    WireJson.text(json, "normal", scene.normal());
  }

  static void sourceCheck(JsonGenerator json, SourceCheck check) {
    switch (check) {
      case SourceCheck.Saw saw -> {
        json.writeBooleanProperty("ok", true);
        json.writeNumberProperty("width", saw.width());
        json.writeNumberProperty("height", saw.height());
        WireJson.text(json, "codec", saw.codec());
        number(json, "fps", saw.fps());
        json.writeNumberProperty("took_ms", saw.took().toMillis());
        WireJson.text(json, "reason", null);
      }
      case SourceCheck.Failed failed -> {
        json.writeBooleanProperty("ok", false);
        for (String unknown : List.of("width", "height", "codec", "fps")) {
          WireJson.text(json, unknown, null);
        }
        json.writeNumberProperty("took_ms", failed.took().toMillis());
        WireJson.text(json, "reason", failed.reason());
      }
    }
  }

  static void event(JsonGenerator json, StoredEvent stored) {
    WireJson.newEvent(json, stored.event());
    json.writeNumberProperty("batch_id", stored.batchId());
    WireJson.text(json, "analyst", stored.analyst());
    WireJson.time(json, "created_at", stored.createdAt());
    json.writeBooleanProperty("reviewed", stored.review().reviewed());
    Opinion opinion = stored.review().verdict();
    WireJson.text(json, "verdict", opinion == null ? null : opinion.wireName());
    WireJson.text(json, "notes", stored.review().notes());
  }

  static void detection(JsonGenerator json, StoredDetection stored) {
    WireJson.detection(json, stored.detection());
    json.writeNumberProperty("frame_id", stored.frameId());
    json.writeNumberProperty("batch_id", stored.batchId());
    WireJson.text(json, "file_path", stored.filePath());
  }

  static void health(JsonGenerator json, Health health, String version) {
    WireJson.text(json, "status", health.status().wireName());
    WireJson.text(json, "version", version);
    json.writeObjectPropertyStart("components");
    for (Map.Entry<String, Health.Component> entry : health.components().entrySet()) {
      json.writeObjectPropertyStart(entry.getKey());
      WireJson.text(json, "status", entry.getValue().status().wireName());
      WireJson.text(json, "detail", entry.getValue().detail());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, @Nullable Double value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else if (value == Math.rint(value)) {
      json.writeNumber(Math.round(value));
    } else {
      json.writeNumber(value);
    }
  }
}
