package dev.porchlight.live;

import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.Message;
import dev.porchlight.json.Json;
import dev.porchlight.json.WireJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What the server says about the stream itself, in a client's dialect: nothing of it has a number. */
final class Greeting {
  private final Dialect dialect;
  private final Clock clock;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Greeting(Dialect dialect, Clock clock) {
    this.dialect = dialect;
    this.clock = clock;
  }

  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  Greeting hello(String connectionId, String epoch, long seq, long heartbeatSeconds) {
    return add("hello", json -> {
      json.writeStringProperty("connection_id", connectionId);
      json.writeStringProperty("epoch", epoch);
      json.writeNumberProperty("seq", seq);
      json.writeNumberProperty("heartbeat_seconds", heartbeatSeconds);
      serverTime(json);
    });
  }

  Greeting recovered(long from, long to) {
    return add("resumed", json -> {
      json.writeBooleanProperty("recovered", true);
      json.writeNumberProperty("from", from);
      json.writeNumberProperty("to", to);
    });
  }

  /** {@code first} after {@code last} says that nothing is held. */
  Greeting notRecovered(long first, long last) {
    return add("resumed", json -> {
      json.writeBooleanProperty("recovered", false);
      if (first <= last) {
        json.writeNumberProperty("first", first);
        json.writeNumberProperty("last", last);
      } else {
        json.writeNullProperty("first");
        json.writeNullProperty("last");
      }
    });
  }

  Greeting heartbeat(long seq) {
    return add("heartbeat", json -> {
      json.writeNumberProperty("seq", seq);
      serverTime(json);
    });
  }

  /** The latest value of a gauge. */
  Greeting snapshot(Message message) {
    byte[] text = message.text();
    if (dialect == Dialect.EVENT_STREAM) {
      // An event has no place for the field, but it has no number either, which says the same.
      return event(message.label().type(), message.data());
    }
    String open = new String(text, 0, text.length - 1, StandardCharsets.UTF_8);
    return frame((open + ",\"snapshot\":true}").getBytes(StandardCharsets.UTF_8));
  }

  private void serverTime(JsonGenerator json) {
    WireJson.time(json, "server_time", clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private Greeting add(String type, Consumer<JsonGenerator> data) {
    return dialect == Dialect.EVENT_STREAM
        ? event(type, Json.object(data))
        : frame(Messages.text(type, data));
  }

  private Greeting frame(byte[] text) {
    bytes.writeBytes(Encoding.textFrame(text).array());
    return this;
  }

  private Greeting event(String type, byte[] data) {
    bytes.writeBytes(("event: " + type + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(data);
    bytes.writeBytes(new byte[]{'\n', '\n'});
    return this;
  }
}
