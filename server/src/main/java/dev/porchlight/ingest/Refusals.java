package dev.porchlight.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once of each bad thing what is wrong with it, and counts it. What the ledger cannot remember is remembered here, so
 * that a rescan does not repeat it. Thread-safe.
 */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** More than anybody has by accident; on purpose, a line may come again. */
  private static final int REMEMBERED = 10_000;

  private final MeterRegistry meters;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final SequencedMap<Path, Refusal> told = new LinkedHashMap<>();

  Refusals(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Tells of something that will not come again by itself. */
  void tell(Path what, Refusal reason, String detail) {
    count(reason);
    log.warn("{} is not taken: {}", Printable.of(what), Printable.of(detail));
  }

  /** Tells of something that comes again with each scan, but only the first time. */
  void tellOnce(Path what, Refusal reason, String detail) {
    if (isNew(what, reason)) {
      tell(what, reason, detail);
    }
  }

  /** Only counts. */
  void count(Refusal reason) {
    meters.counter("porchlight.pictures.refused", "reason", reason.tag()).increment();
  }

  /** What was wrong with it is no longer so: should it be wrong again, that is told again. */
  void forget(Path what) {
    synchronized (lock) {
      told.remove(what);
    }
  }

  private boolean isNew(Path what, Refusal reason) {
    synchronized (lock) {
      boolean isNew = told.putLast(what, reason) != reason;
      if (told.size() > REMEMBERED) {
        told.pollFirstEntry();
      }
      return isNew;
    }
  }
}
