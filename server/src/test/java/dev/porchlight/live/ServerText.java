package dev.porchlight.live;

import dev.porchlight.live.ResumeStep.Line;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Undoes what is done to messages on their way: RFC 6455 and RFC 7692, or the format of event streams. */
final class ServerText {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] END_OF_FLUSH = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int MOST_BYTES = 64 * 1024;

  private ServerText() {}

  /** Whole messages, those of a stream in the form of the others. */
  static List<JsonNode> messages(Line line, ByteBuffer bytes) {
    var messages = new ArrayList<JsonNode>();
    if (line == Line.STREAM) {
      for (String event : StandardCharsets.UTF_8.decode(bytes).toString().split("\n\n", 0)) {
        messages.add(event(event));
      }
      return messages;
    }
    while (bytes.hasRemaining()) {
      messages.add(JSON.readTree(frame(bytes)));
    }
    return messages;
  }

  private static JsonNode event(String event) {
    var message = JSON.createObjectNode();
    for (String line : event.split("\n", 0)) {
      String value = line.substring(line.indexOf(": ") + 2);
      switch (line.substring(0, line.indexOf(": "))) {
        case "id" -> message.put("seq", Long.parseLong(value.substring(value.lastIndexOf(':') + 1)));
        case "event" -> message.put("type", value);
        case "data" -> message.set("data", JSON.readTree(value));
        default -> throw new AssertionError(line);
      }
    }
    return message;
  }

  private static String frame(ByteBuffer bytes) {
    if ((bytes.get(bytes.position()) & 0xFF) == 0x81) {
      return RecordingConnection.textOf(bytes);
    }
    assertDeflated(bytes.get());
    int length = bytes.get();
    if (length == 126) {
      length = bytes.getShort() & 0xFFFF;
    }
    ByteBuffer payload = ByteBuffer.allocate(length + END_OF_FLUSH.length);
    payload.put(0, bytes, bytes.position(), length).put(length, END_OF_FLUSH);
    bytes.position(bytes.position() + length);
    return inflate(payload);
  }

  private static void assertDeflated(byte first) {
    if ((first & 0xFF) != 0xC1) {
      throw new AssertionError("no text begins with " + first);
    }
  }

  private static String inflate(ByteBuffer payload) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(payload);
      var text = new byte[MOST_BYTES];
      return new String(text, 0, inflater.inflate(text), StandardCharsets.UTF_8);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
  }
}
