package dev.porchlight.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tells one version of something from another (RFC 9110, section 8.8), so that nobody fetches twice what he has.
 *
 * @param tag      a strong entity tag, in its quotes
 * @param modified when it last changed; null when nobody knows
 */
public record Validators(String tag, @Nullable Instant modified) {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'",
      Locale.ENGLISH).withZone(ZoneOffset.UTC);

  /** Of something that never changes, known by a name of letters, digits and {@code -}. */
  public static Validators of(String name) {
    return new Validators('"' + name + '"', null);
  }

  /** Of a file: who writes it anew changes its size or its time. */
  static Validators of(long size, Instant modified) {
    long nanos = modified.getEpochSecond() * 1_000_000_000L + modified.getNano();
    return new Validators('"' + Long.toHexString(size) + '-' + Long.toHexString(nanos) + '"', modified);
  }

  /** True when the client says that it has this version: the answer is then 304. */
  public boolean areKnownTo(Request request) {
    String tags = request.header("If-None-Match");
    if (tags != null) {
      for (String each : tags.split(",", -1)) {
        String known = each.strip();
        if (known.equals("*") || known.equals(tag) || known.equals("W/" + tag)) {
          return true;
        }
      }
      return false;
    }
    Instant since = parse(request.header("If-Modified-Since"));
    return since != null && modified != null && !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(since);
  }

  /** False when a part is wanted only of another version than this one: the answer is then the whole. */
  boolean allowRange(Request request) {
    String condition = request.header("If-Range");
    if (condition == null || condition.equals(tag)) {
      return true;
    }
    return modified != null && condition.equals(DATE.format(modified));
  }

  /** The headers of an answer. */
  public void putInto(Map<String, String> headers) {
    headers.put("ETag", tag);
    if (modified != null) {
      headers.put("Last-Modified", DATE.format(modified));
    }
  }

  private static @Nullable Instant parse(@Nullable String date) {
    try {
      return date == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
