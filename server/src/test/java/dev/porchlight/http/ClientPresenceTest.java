package dev.porchlight.http;

import dev.porchlight.Waits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClientPresenceTest {
  private final ClientPresence client = new ClientPresence();

  @Test
  void workForAClientThatLeavesIsInterruptedAndWhatComesAfterItIsNot() throws Exception {
    var begun = new CountDownLatch(1);
    var isInterruptedAfterwards = new CompletableFuture<Boolean>();
    Thread worker = Thread.ofVirtual().start(() -> {
      try {
        client.during(() -> {
          begun.countDown();
          return new CountDownLatch(1).await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS);
        });
      } catch (InterruptedException _) {
        isInterruptedAfterwards.complete(Thread.currentThread().isInterrupted());
      } catch (Exception e) {
        isInterruptedAfterwards.completeExceptionally(e);
      }
    });
    assertThat(begun.await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

    client.left();

    assertThat(isInterruptedAfterwards.get(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isFalse();
    worker.join();
  }

  @Test
  void whoHasLeftIsWorkedForNoMore() {
    client.left();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> client.during(() -> 1));
  }

  @Test
  void anInterruptThatCameWhenTheWorkWasDoneIsForgotten() throws Exception {
    int done = client.during(() -> {
      client.left();
      return 1;
    });

    assertThat(done).isEqualTo(1);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aClientThatStaysIsWorkedForAgain() throws Exception {
    assertThat(client.during(() -> 1) + client.during(() -> 2)).isEqualTo(3);
  }
}
