package dev.porchlight.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One message, encoded once. Immutable, as long as nobody changes the bytes it was made of. */
public final class Message {
  private final byte[] text;
  private final Label label;
  private final @Nullable String key;
  private final int dataFrom;

  /**
   * A message of a channel.
   *
   * @param text a JSON object in UTF-8: {@code {"type":…,"data":…}}
   * @param key  whose latest value this is, for {@link SlowRule#LATEST}; null when it is nobody's
   */
  public Message(byte[] text, Label label, @Nullable String key) {
    this.text = text;
    this.label = label;
    this.key = key;
    this.dataFrom = dataFrom(text, label.type());
  }

  /** The JSON object; not to be changed. */
  public byte[] text() {
    return text;
  }

  /** What it is about. */
  public Label label() {
    return label;
  }

  /** Whose latest value this is; null when it is nobody's. */
  public @Nullable String key() {
    return key;
  }

  /** The value of {@code data}; all of the text when that is of another form. */
  public byte[] data() {
    return dataFrom == 0 ? text : Arrays.copyOfRange(text, dataFrom, text.length - 1);
  }

  private static int dataFrom(byte[] text, String type) {
    byte[] head = ("{\"type\":\"" + type + "\",\"data\":").getBytes(StandardCharsets.UTF_8);
    if (text.length <= head.length || text[text.length - 1] != '}') {
      return 0;
    }
    for (int i = 0; i < head.length; i++) {
      if (text[i] != head[i]) {
        return 0;
      }
    }
    return head.length;
  }
}
