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
 * The newest picture of one stream, moving or not, as one JPEG in memory. Pictures that the motion gate rejects are encoded
 * only when a request waits for one, or the last JPEG is ten seconds old: encoding all of them would cost each camera twenty
 * times as much. Thread-safe.
 */
final class LatestPicture {
  private static final Duration OLD = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AtomicReference<@Nullable CompletableFuture<TakenPicture>> wanted = new AtomicReference<>();
  private volatile @Nullable TakenPicture newest;

  /** True when a picture taken now should be encoded and {@link #put}. */
  boolean isWanted(Instant now) {
    TakenPicture known = newest;
    return wanted.get() != null || known == null || !now.isBefore(known.takenAt().plus(OLD));
  }

  /** Replaces the picture, and hands it to the requests that wait. */
  void put(TakenPicture picture) {
    newest = picture;
    CompletableFuture<TakenPicture> waiting = wanted.getAndSet(null);
    if (waiting != null) {
      waiting.complete(picture);
    }
  }

  /** The last picture; does not wait. */
  Optional<TakenPicture> newest() {
    return Optional.ofNullable(newest);
  }

  /** The next picture, or the last one when none arrives within two seconds. */
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
