package dev.porchlight.engine;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message that says which it is and of whose bytes none can be missing or another's unseen. */
final class StressMessage {
  private static final Pattern FORM = Pattern
      .compile(
          "\\{\"type\":\"([ab])\",\"data\":\\{\"id\":(\\d+),\"size\":(\\d+),\"fill\":\"(x*)\"}(?:,\"seq\":(\\d+))?}");

  private StressMessage() {}

  static Message of(int id, int size) {
    return Channels.message(type(id), "{\"id\":" + id + ",\"size\":" + size + ",\"fill\":\"" + "x".repeat(size) + "\"}",
        null);
  }

  /** Every third is of another type. */
  static String type(int id) {
    return id % 3 == 0 ? "b" : "a";
  }

  static int id(byte[] text) {
    return Integer.parseInt(read(new String(text, StandardCharsets.UTF_8)).group(2));
  }

  static int id(String text) {
    return Integer.parseInt(read(text).group(2));
  }

  /** The number that it was sent with, which it must have been. */
  static long seq(String text) {
    return Long.parseLong(read(text).group(5));
  }

  /** Fails when somebody else has heard of another message with this number. */
  static void hear(Map<Long, Integer> told, long seq, int id) {
    Integer known = told.putIfAbsent(seq, id);
    if (known != null && known != id) {
      throw new AssertionError("number " + seq + " is message " + known + " and message " + id);
    }
  }

  private static Matcher read(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(4).length() != Integer.parseInt(matcher.group(3))
        || !matcher.group(1).equals(type(Integer.parseInt(matcher.group(2))))) {
      throw new AssertionError("not as it was sent: " + text);
    }
    return matcher;
  }
}
