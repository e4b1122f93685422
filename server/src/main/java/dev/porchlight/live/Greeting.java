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
  private static final long NO_POSITION = -1;

  private final Dialect dialect;
  private final String epoch;
  private final Clock clock;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Greeting(Dialect dialect, String epoch, Clock clock) {
    this.dialect = dialect;
    this.epoch = epoch;
    this.clock = clock;
  }

  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  /**
   * The first message.
   *
   * @param seq      the channel's position
   * @param position the client's own: from there it resumes if the connection breaks right after this message
   */
  Greeting hello(String connectionId, long seq, long position, long heartbeatSeconds) {
    return add("hello", position, json -> {
      json.writeStringProperty("connection_id", connectionId);
      json.writeStringProperty("epoch", epoch);
      json.writeNumberProperty("seq", seq);
      json.writeNumberProperty("heartbeat_seconds", heartbeatSeconds);
      serverTime(json);
    });
  }

  Greeting recovered(long from, long to) {
    return add("resumed", NO_POSITION, json -> {
      json.writeBooleanProperty("recovered", true);
      json.writeNumberProperty("from", from);
      json.writeNumberProperty("to", to);
    });
  }

  /** {@code first} after {@code last} says that nothing is held. */
  Greeting notRecovered(long first, long last) {
    return add("resumed", NO_POSITION, json -> {
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

  /** Up to {@code position}, the client has been sent every message that its filter lets through. */
  Greeting heartbeat(long position) {
    return add("heartbeat", position, json -> {
      json.writeNumberProperty("seq", position);
      serverTime(json);
    });
  }

  /** The latest value of a gauge. An event has no other place for {@code "snapshot"} than its data. */
  Greeting snapshot(Message message) {
    return dialect == Dialect.EVENT_STREAM
        ? event(message.label().type(), NO_POSITION, marked(message.data()))
        : frame(marked(message.text()));
  }

  /** A JSON object with one more field at its end. */
  private static byte[] marked(byte[] object) {
    String open = new String(object, 0, object.length - 1, StandardCharsets.UTF_8);
    return (open + ",\"snapshot\":true}").getBytes(StandardCharsets.UTF_8);
  }

  private void serverTime(JsonGenerator json) {
    WireJson.time(json, "server_time", clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private Greeting add(String type, long position, Consumer<JsonGenerator> data) {
    return dialect == Dialect.EVENT_STREAM
        ? event(type, position, Json.object(data))
        : frame(Messages.text(type, data));
  }

  private Greeting frame(byte[] text) {
    bytes.writeBytes(Encoding.textFrame(text).array());
    return this;
  }

  /** With an id, from which a browser resumes by itself, unless there is no position. */
  private Greeting event(String type, long position, byte[] data) {
    String id = position == NO_POSITION ? "" : "id: " + epoch + ":" + position + "\n";
    bytes.writeBytes((id + "event: " + type + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(data);
    bytes.writeBytes(new byte[]{'\n', '\n'});
    return this;
  }
}
