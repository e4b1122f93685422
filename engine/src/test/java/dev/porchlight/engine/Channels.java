package dev.porchlight.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A channel under test, with a clock and memory of its own. */
final class Channels {
  static final ChannelLimits WIDE = new ChannelLimits(100_000, 1 << 24, Duration.ofMinutes(1));

  final AtomicLong nanos = new AtomicLong();
  final PoisonMemory memory = new PoisonMemory();

  Channel channel(ChannelLimits limits, SlowRule rule) {
    return new Channel("test", new ChannelConfig(limits, rule, 6), new Numbering("e1", 0), memory, nanos::get,
        EngineListener.NONE);
  }

  /** Publishes small messages, each of which says a number. */
  static void publish(Channel channel, int from, int to) {
    for (int i = from; i < to; i++) {
      int _ = channel.publish(message(i));
    }
  }

  static Message message(int number) {
    return message(Integer.toString(number));
  }

  static Message message(String data) {
    return message("n", data, null);
  }

  static Message message(String type, String data, @Nullable String key) {
    return new Message(("{\"type\":\"" + type + "\",\"data\":" + data + "}").getBytes(StandardCharsets.UTF_8),
        Label.of(type), key);
  }

  /** A filter that lets messages of one type through. */
  static Filter only(String type) {
    return label -> label.type().equals(type) ? Selection.TEXT : Selection.NOTHING;
  }

  /** What {@link #publish} sends. */
  static List<String> plain(int from, int to) {
    var texts = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      texts.add("{\"type\":\"n\",\"data\":" + i + "}");
    }
    return texts;
  }

  /** What {@link #publish} sends to those who want numbers, if the channel was empty and began with 0. */
  static List<String> sequenced(int from, int to) {
    var texts = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      texts.add("{\"type\":\"n\",\"data\":" + i + ",\"seq\":" + (i + 1) + "}");
    }
    return texts;
  }

  /** Everything the channel remembers. */
  static List<String> history(Channel channel) {
    var texts = new ArrayList<String>();
    long after = channel.first() - 1;
    for (List<Message> more = channel.read(after, 7); more != null && !more.isEmpty(); more = channel.read(after, 7)) {
      more.forEach(message -> texts.add(new String(message.text(), StandardCharsets.UTF_8)));
      after += more.size();
    }
    return texts;
  }
}
