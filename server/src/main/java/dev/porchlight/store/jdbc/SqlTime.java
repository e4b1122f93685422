package dev.porchlight.store.jdbc;

import dev.porchlight.domain.WireTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Times as the tables hold them: UTC text of one width, with microseconds, so that they sort as text. */
final class SqlTime {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
      .withZone(ZoneOffset.UTC);

  private SqlTime() {}

  /**
   * What a time is once it has been stored: cut to microseconds, and moved into the years 1 to 9999, since file systems
   * hand out wilder ones and a picture is not to be lost over that.
   */
  static Instant stored(Instant time) {
    if (time.isBefore(EARLIEST)) {
      return EARLIEST;
    }
    return time.isAfter(LATEST) ? LATEST : WireTime.truncate(time);
  }

  static String text(Instant time) {
    return FORMAT.format(stored(time));
  }

  static @Nullable String textOrNull(@Nullable Instant time) {
    return time == null ? null : text(time);
  }

  static Instant parse(String text) {
    return Instant.parse(text);
  }

  static @Nullable Instant parseOrNull(@Nullable String text) {
    return text == null ? null : parse(text);
  }
}
