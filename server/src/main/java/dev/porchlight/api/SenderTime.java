package dev.porchlight.api;

import dev.porchlight.domain.WireTime;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When the sender of a picture says that it was taken: {@code Porchlight-Time}, else {@code X-Timestamp}, as the camera
 * firmware for the ESP32 has it. Either is ISO 8601, or a number since 1970: seconds, with a fraction if it likes, or
 * milliseconds.
 */
final class SenderTime {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,14}(\\.\\d{1,9})?");
  /** As seconds this is the year 5138, as milliseconds 1973: nobody means either by it. */
  private static final BigDecimal FIRST_MILLISECONDS = BigDecimal.valueOf(100_000_000_000L);

  private SenderTime() {}

  /**
   * The time of a request, or null when it has none.
   *
   * @throws ProblemException of status 400 when {@code Porchlight-Time} cannot be read; an {@code X-Timestamp}, which may be
   *                          meant for somebody else, then counts as none
   */
  static @Nullable Instant of(Request request) {
    String ours = request.header("Porchlight-Time");
    if (ours != null) {
      try {
        return parse(ours);
      } catch (DateTimeException | ArithmeticException _) {
        throw new ProblemException(400, "Porchlight-Time must be ISO 8601, such as 2025-12-23T12:00:00Z, or seconds or "
            + "milliseconds since 1970, not " + ours);
      }
    }
    String theirs = request.header("X-Timestamp");
    try {
      return theirs == null ? null : parse(theirs);
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }

  private static Instant parse(String text) {
    String stripped = text.strip();
    if (!NUMBER.matcher(stripped).matches()) {
      return WireTime.parse(stripped);
    }
    var number = new BigDecimal(stripped);
    BigDecimal seconds = number.compareTo(FIRST_MILLISECONDS) < 0 ? number : number.movePointLeft(3);
    long whole = seconds.longValue();
    return WireTime.truncate(Instant.ofEpochSecond(whole,
        seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue()));
  }
}
