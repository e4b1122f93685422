package dev.porchlight.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times as Porchlight keeps and sends them: UTC, cut to microseconds, which SQLite text, PostgreSQL and the wire all
 * carry without loss. On the wire a time is {@link Instant#toString()}.
 */
public final class WireTime {
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private WireTime() {}

  /** {@code time} cut to microseconds. */
  public static Instant truncate(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Reads an ISO 8601 date and time; without a zone it is UTC.
   *
   * @throws DateTimeException when {@code text} is no such time, or lies outside the years 1 to 9999
   */
  public static Instant parse(String text) {
    var parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
    Instant time = parsed instanceof OffsetDateTime zoned
        ? zoned.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
    if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      throw new DateTimeException("a time lies within the years 1 to 9999: " + text);
    }
    return truncate(time);
  }
}
