package dev.porchlight.live;

import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.json.Json;
import dev.porchlight.json.WireJson;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.MessageEncoder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The messages of the channels: {@code {"type": …, "data": {…}}}, UTF-8. */
public final class Messages implements MessageEncoder {
  static final String NEW_EVENT = "new_event";
  static final String DETECTION = "detection";
  static final String EVENT_UPDATED = "event_updated";
  static final String GPU_STATS = "gpu_stats";
  static final String CAMERA_STATUS = "camera_status";

  private static final int NO_RISK = -1;

  @Override
  public byte[] newEvent(NewEvent event) {
    return text(NEW_EVENT, json -> WireJson.newEvent(json, event));
  }

  @Override
  public byte[] eventUpdated(EventUpdate update) {
    return text(EVENT_UPDATED, json -> WireJson.eventUpdate(json, update));
  }

  @Override
  public byte[] detection(Detection detection) {
    return text(DETECTION, json -> WireJson.detection(json, detection));
  }

  static Message of(NewEvent event) {
    return message(NEW_EVENT, event.cameraId(), event.riskScore(), json -> WireJson.newEvent(json, event), null);
  }

  /** A change that raises nothing: without a journal it is not known what was told before. */
  static Message of(EventUpdate update) {
    NewEvent event = update.event();
    var messages = new Messages();
    return Message.changed(messages.newEvent(event), messages.eventUpdated(update), new Label(NEW_EVENT,
        event.cameraId(), event.riskScore(), new Label.Change(EVENT_UPDATED, event.riskScore(), false, false)));
  }

  static Message of(Detection detection) {
    return message(DETECTION, detection.cameraId(), NO_RISK, json -> WireJson.detection(json, detection), null);
  }

  static Message of(GpuStats stats) {
    return message(GPU_STATS, null, NO_RISK, json -> WireJson.gpuStats(json, stats), GPU_STATS);
  }

  /** Without a key: a camera's status moves on without a broadcast, so the last one that was broadcast is not the latest. */
  static Message of(CameraStatus status) {
    return message(CAMERA_STATUS, status.cameraId(), NO_RISK, json -> WireJson.cameraStatus(json, status), null);
  }

  /** The message that an entry of the journal holds. */
  static Message of(JournalEntry entry) {
    int risk = entry.riskScore() == null ? NO_RISK : entry.riskScore();
    JournalEntry.Change change = entry.change();
    return change == null
        ? new Message(entry.message(), label(entry.type(), entry.cameraId(), risk), null)
        : Message.changed(entry.message(), change.updated(), new Label(NEW_EVENT, entry.cameraId(), risk,
            new Label.Change(EVENT_UPDATED, change.told(), change.rose(), change.isLate())));
  }

  static byte[] text(String type, Consumer<JsonGenerator> data) {
    return Json.object(json -> {
      json.writeStringProperty("type", type);
      json.writeObjectPropertyStart("data");
      data.accept(json);
      json.writeEndObject();
    });
  }

  private static Message message(String type, @Nullable String cameraId, int risk, Consumer<JsonGenerator> data,
      @Nullable String key) {
    return new Message(text(type, data), label(type, cameraId, risk), key);
  }

  private static Label label(String type, @Nullable String cameraId, int risk) {
    return new Label(type, cameraId, risk, null);
  }
}
