package dev.porchlight.pipeline;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class FrameQueueTest {
  private final List<Long> announced = new ArrayList<>();
  private final FrameQueue queue = new FrameQueue(2, task -> announced.add(task.frame().id()));

  @Test
  void camerasTakeTurnsHoweverMuchOneOfThemSends() throws InterruptedException {
    submit("flood", 1);
    submit("flood", 2);
    submit("quiet", 3);

    assertThat(queue.take().frame().id()).isEqualTo(1);
    queue.done("flood");

    assertThat(queue.take().frame().id()).isEqualTo(3);
    assertThat(queue.take().frame().id()).isEqualTo(2);
    assertThat(announced).containsExactly(1L, 2L, 3L);
  }

  @Test
  void twoFramesOfOneCameraAreNeverOutAtOnce() throws InterruptedException {
    submit("front", 1);
    submit("front", 2);
    FrameTask first = queue.take();
    var second = new AtomicReference<FrameTask>();
    Thread taker = Thread.ofVirtual().start(() -> {
      try {
        second.set(queue.take());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
    await().until(() -> taker.getState() == Thread.State.WAITING);
    assertThat(second.get()).isNull();

    queue.done(first.frame().cameraId());

    taker.join();
    assertThat(second.get().frame().id()).isEqualTo(2);
  }

  @Test
  void aFullCameraIsRefusedAndTheOthersAreNot() throws InterruptedException {
    submit("flood", 1);
    submit("flood", 2);

    assertThat(queue.tryReserve("flood")).isEmpty();
    assertThat(queue.tryReserve("quiet")).isPresent();

    queue.take();
    assertThat(queue.tryReserve("flood")).isPresent();
  }

  @Test
  void aPlaceGivenBackIsFreeOnceHoweverOftenItIsClosed() throws InterruptedException {
    FrameIntake.Place place = queue.tryReserve("front").orElseThrow();
    place.close();
    place.close();

    assertThat(queue.tryReserve("front")).isPresent();
    assertThat(queue.tryReserve("front")).isPresent();
    assertThat(queue.tryReserve("front")).isEmpty();
  }

  private void submit(String cameraId, long id) {
    try (var place = queue.tryReserve(cameraId).orElseThrow()) {
      place.submit(new FrameTask(new Frame(id, cameraId, FrameSource.FOLDER, Path.of("x.jpg"), 1, "00", Instant.EPOCH,
          Instant.EPOCH, 0)));
    }
  }
}
