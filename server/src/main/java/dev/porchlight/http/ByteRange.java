package dev.porchlight.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which part of a file a client asks for by its header {@code Range} (RFC 9110, section 14). */
sealed interface ByteRange {
  /**
   * All of it: nothing else was asked for, or something that a server may leave aside, such as several parts at once or a
   * header that is malformed.
   */
  record Whole() implements ByteRange {}

  /** Bytes from {@code first} on; at least one. */
  record Part(long first, long length) implements ByteRange {}

  /** Nothing of what was asked for is there. */
  record Unsatisfiable() implements ByteRange {}

  /** Longer numbers than a {@code long} holds are cut to one that no file reaches. */
  Pattern SINGLE = Pattern.compile("bytes\\s*=\\s*(\\d{0,100})\\s*-\\s*(\\d{0,100})\\s*", Pattern.CASE_INSENSITIVE);

  /**
   * The part of a file that a header means.
   *
   * @param header as the client sent it, or null
   * @param size   bytes of the file
   */
  static ByteRange of(@Nullable String header, long size) {
    Matcher matcher = SINGLE.matcher(header == null ? "" : header.strip());
    if (!matcher.matches()) {
      return new Whole();
    }
    String first = matcher.group(1);
    String last = matcher.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? new Whole() : suffix(number(last), size);
    }
    long from = number(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
    if (to < from) {
      return new Whole();
    }
    return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1) - from + 1);
  }

  private static ByteRange suffix(long length, long size) {
    long taken = Math.min(length, size);
    return taken == 0 ? new Unsatisfiable() : new Part(size - taken, taken);
  }

  private static long number(String digits) {
    String significant = digits.replaceFirst("^0+(?=\\d)", "");
    return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
  }
}
