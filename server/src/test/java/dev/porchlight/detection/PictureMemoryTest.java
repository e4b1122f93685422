package dev.porchlight.detection;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PictureMemoryTest {
  private final PictureMemory memory = new PictureMemory();

  @Test
  void letsSmallPicturesInTogether() throws InterruptedException {
    try (var _ = memory.pixels(10 << 20);
        var _ = memory.pixels(10 << 20);
        var _ = memory.file(1);
        var _ = memory.file(9)) {
      assertThat(memory).isNotNull();
    }
  }

  @Test
  void neverLetsTwoFullSizePicturesIn() throws Exception {
    var second = new CompletableFuture<PictureMemory.Share>();
    try (var _ = memory.pixels(Long.MAX_VALUE)) {
      var waiting = Thread.ofVirtual().start(() -> take(second));
      await().until(() -> waiting.getState() == Thread.State.WAITING);
      assertThat(second).isNotDone();
    }
    second.get().close();
  }

  @Test
  void givesEachShareBackOnce() throws InterruptedException {
    var share = memory.pixels(PictureMemory.PIXEL_BYTES);
    share.close();
    share.close();

    try (var _ = memory.pixels(PictureMemory.PIXEL_BYTES)) {
      var waiting = Thread.ofVirtual().start(() -> take(new CompletableFuture<>()));
      await().until(() -> waiting.getState() == Thread.State.WAITING);
      waiting.interrupt();
    }
  }

  private void take(CompletableFuture<PictureMemory.Share> taken) {
    try {
      taken.complete(memory.pixels(PictureMemory.PIXEL_BYTES));
    } catch (InterruptedException e) {
      taken.completeExceptionally(e);
    }
  }
}
