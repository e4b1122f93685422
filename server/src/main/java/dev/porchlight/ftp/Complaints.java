package dev.porchlight.ftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what is refused, and says it in the log: once for each camera and reason in ten minutes, since a camera that does
 * something wrong does it with each picture. Thread-safe.
 */
final class Complaints {
  private static final Logger log = LoggerFactory.getLogger(Complaints.class);
  private static final Duration SILENCE = Duration.ofMinutes(10);
  /** Strangers may name any camera. */
  private static final int REMEMBERED = 1_000;
  private static final int LONGEST = 300;

  private final MeterRegistry meters;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final SequencedMap<String, Long> told = new LinkedHashMap<>();

  Complaints(MeterRegistry meters, LongSupplier nanoTime) {
    this.meters = meters;
    this.nanoTime = nanoTime;
  }

  /**
   * Notes a refusal.
   *
   * @param who    the camera, or what is known of who is not logged in
   * @param detail may hold what they sent
   */
  void tell(String who, Reason reason, String detail) {
    meters.counter("porchlight.ftp.refused", "reason", reason.tag()).increment();
    if (isNew(reason + " " + who)) {
      log.warn("FTP, {}: {}; the like of it is not told again for {} min, but counted", printable(who),
          printable(detail), SILENCE.toMinutes());
    }
  }

  private boolean isNew(String key) {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      Long last = told.get(key);
      if (last != null && now - last < SILENCE.toNanos()) {
        return false;
      }
      told.putLast(key, now);
      if (told.size() > REMEMBERED) {
        told.pollFirstEntry();
      }
      return true;
    }
  }

  /** What strangers sent, fit for one log line. */
  static String printable(String text) {
    var line = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(c -> {
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
          || Character.getType(c) == Character.LINE_SEPARATOR
          || Character.getType(c) == Character.PARAGRAPH_SEPARATOR) {
        line.append(String.format("\\u%04X", c));
      } else {
        line.appendCodePoint(c);
      }
    });
    return line.toString();
  }
}
