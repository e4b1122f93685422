package dev.porchlight.video;

import dev.porchlight.domain.TakenPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The newest picture of one stream, whether anything moved in it or not; one JPEG in memory. A picture that the motion gate
 * did not let pass is encoded only when somebody waits for one, or the one that is here is ten seconds old: that costs a
 * camera of 1080p two thousandths of a processor, and encoding them all twenty times as much. Thread-safe.
 */
final class LatestPicture {
  private static final Duration OLD = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AtomicReference<@Nullable CompletableFuture<TakenPicture>> wanted = new AtomicReference<>();
  private volatile @Nullable TakenPicture newest;

  /** True when the picture of this moment is to be {@link #put}. */
  boolean isWanted(Instant now) {
    TakenPicture known = newest;
    return wanted.get() != null || known == null || !now.isBefore(known.takenAt().plus(OLD));
  }

  /** A picture has come. */
  void put(TakenPicture picture) {
    newest = picture;
    CompletableFuture<TakenPicture> waiting = wanted.getAndSet(null);
    if (waiting != null) {
      waiting.complete(picture);
    }
  }

  /** The last that came. */
  Optional<TakenPicture> newest() {
    return Optional.ofNullable(newest);
  }

  /** The next that comes, or the last when none comes for two seconds. */
  Optional<TakenPicture> next() throws InterruptedException {
    CompletableFuture<TakenPicture> next = wanted
        .updateAndGet(waiting -> waiting == null ? new CompletableFuture<>() : waiting);
    try {
      return next == null ? newest() : Optional.of(next.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException _) {
      return newest();
    } catch (ExecutionException e) {
      throw new AssertionError("it never fails", e);
    }
  }
}
