package dev.porchlight.video;

import dev.porchlight.Waits;
import dev.porchlight.domain.TakenPicture;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LatestPictureTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final LatestPicture latest = new LatestPicture();

  @Test
  void aPictureIsWantedWhenThereIsNoneOrAnOldOne() {
    assertThat(latest.isWanted(NOON)).isTrue();
    latest.put(picture(NOON));

    assertThat(latest.isWanted(NOON.plusSeconds(9))).isFalse();
    assertThat(latest.isWanted(NOON.plusSeconds(10))).isTrue();
    assertThat(latest.newest().orElseThrow().takenAt()).isEqualTo(NOON);
  }

  @Test
  void whoAsksGetsTheNextAndAllWhoAskGetTheSame() throws Exception {
    latest.put(picture(NOON));
    CompletableFuture<Optional<TakenPicture>> first = next();
    CompletableFuture<Optional<TakenPicture>> second = next();
    await().until(() -> latest.isWanted(NOON));

    TakenPicture later = picture(NOON.plusMillis(500));
    while (!first.isDone() || !second.isDone()) {
      latest.put(later);
    }

    assertThat(first.get(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).hasValue(later);
    assertThat(second.get(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).hasValue(later);
    assertThat(latest.isWanted(NOON.plusSeconds(1))).isFalse();
  }

  @Test
  void whenNoneComesTheLastIsGiven() throws Exception {
    assertThat(latest.next()).isEmpty();
    latest.put(picture(NOON));

    assertThat(latest.next().orElseThrow().takenAt()).isEqualTo(NOON);
  }

  private CompletableFuture<Optional<TakenPicture>> next() {
    var next = new CompletableFuture<Optional<TakenPicture>>();
    var _ = Thread.ofVirtual().start(() -> {
      try {
        next.complete(latest.next());
      } catch (InterruptedException e) {
        next.completeExceptionally(e);
      }
    });
    return next;
  }

  private static TakenPicture picture(Instant at) {
    return new TakenPicture(new byte[]{1}, at);
  }
}
