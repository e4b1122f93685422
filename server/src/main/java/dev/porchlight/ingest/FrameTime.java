package dev.porchlight.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.FileTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a picture was taken, as far as its file or its sender tells. A clock that cannot be right is not believed: then the
 * server's counts, and that is counted, and said once for each camera and direction. Thread-safe.
 */
final class FrameTime {
  private static final Logger log = LoggerFactory.getLogger(FrameTime.class);
  /** Clocks of machines that ask the network for the time differ by less. */
  private static final Duration MOST_AHEAD = Duration.ofMinutes(5);
  /** A camera that has lost its clock begins at 1970 or at 2000, or counts since it was switched on. */
  private static final Instant FIRST_BELIEVED = Instant.parse("2000-01-02T00:00:00Z");
  private static final int REMEMBERED = 1_000;

  private final MeterRegistry meters;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final SequencedSet<String> told = new LinkedHashSet<>();

  FrameTime(MeterRegistry meters) {
    this.meters = meters;
  }

  /** {@link FileTime#of}, with a note of what is not believed. */
  Instant ofFile(String cameraId, Instant modifiedAt, Instant arrivedAt) {
    Instant believed = FileTime.of(modifiedAt, arrivedAt);
    if (modifiedAt.isAfter(arrivedAt.plus(MOST_AHEAD))) {
      note(cameraId, "ahead", modifiedAt, arrivedAt);
    } else if (modifiedAt.isBefore(believed)) {
      note(cameraId, "behind", modifiedAt, arrivedAt);
    }
    return believed;
  }

  /**
   * What the sender says, unless it lies more than five minutes ahead or before 2000; else, or when it says nothing, the
   * arrival. However long ago: whoever says so on purpose hands in old pictures.
   */
  Instant ofSender(String cameraId, @Nullable Instant said, Instant arrivedAt) {
    if (said == null) {
      return arrivedAt;
    }
    boolean isAhead = said.isAfter(arrivedAt.plus(MOST_AHEAD));
    if (isAhead || said.isBefore(FIRST_BELIEVED)) {
      note(cameraId, isAhead ? "ahead" : "behind", said, arrivedAt);
      return arrivedAt;
    }
    return said;
  }

  private void note(String cameraId, String direction, Instant said, Instant arrivedAt) {
    meters.counter("porchlight.clocks.off", "direction", direction).increment();
    if (isNew(cameraId + " " + direction)) {
      log.warn("camera {}: its pictures are dated {}, which is {} {} this server's clock: the server's time is used "
          + "for such pictures", cameraId, said, rough(Duration.between(said, arrivedAt).abs()), direction);
    }
  }

  private boolean isNew(String key) {
    synchronized (lock) {
      boolean isNew = told.add(key);
      if (told.size() > REMEMBERED) {
        told.removeFirst();
      }
      return isNew;
    }
  }

  private static String rough(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d";
    }
    return duration.toHours() > 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
  }
}
