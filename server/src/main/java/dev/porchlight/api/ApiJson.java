package dev.porchlight.api;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.Health;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.json.WireJson;
import java.util.Map;
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
  }

  static void event(JsonGenerator json, StoredEvent stored) {
    WireJson.newEvent(json, stored.event());
    json.writeNumberProperty("batch_id", stored.batchId());
    WireJson.text(json, "analyst", stored.analyst());
    WireJson.time(json, "created_at", stored.createdAt());
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
}
