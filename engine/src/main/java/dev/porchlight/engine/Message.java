package dev.porchlight.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One message, encoded once. Immutable, as long as nobody changes the bytes it was made of. */
public final class Message {
  private final byte[] text;
  private final Label label;
  private final @Nullable String key;
  private final @Nullable Message update;
  private final int dataFrom;

  /**
   * A message of a channel.
   *
   * @param text a JSON object in UTF-8: {@code {"type":…,"data":…}}
   * @param label without a {@link Label.Change}
   * @param key  whose latest value this is, for {@link SlowRule#LATEST}; null when it is nobody's
   */
  public Message(byte[] text, Label label, @Nullable String key) {
    this(text, label, key, null);
    if (label.change() != null) {
      throw new IllegalArgumentException("a change has an update");
    }
  }

  private Message(byte[] text, Label label, @Nullable String key, @Nullable Message update) {
    this.text = text;
    this.label = label;
    this.key = key;
    this.update = update;
    this.dataFrom = dataFrom(text, label.type());
  }

  /**
   * A message with two texts: followers without numbers, and those whose filter let none of the earlier messages through,
   * get {@code text}, which stands for itself; the others get {@code update}.
   *
   * @param label with the {@link Label.Change}
   */
  public static Message changed(byte[] text, byte[] update, Label label) {
    Label.Change change = label.change();
    if (change == null) {
      throw new IllegalArgumentException("only a change has an update");
    }
    return new Message(text, label, null, new Message(update, Label.of(change.type()), null));
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

  /** The text for followers that know the thing, as a message of its own; null when nobody can know it. */
  public @Nullable Message update() {
    return update;
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
