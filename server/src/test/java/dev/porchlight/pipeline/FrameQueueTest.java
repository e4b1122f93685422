package dev.porchlight.pipeline;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

class FrameQueueTest {
  private final List<Long> announced = new ArrayList<>();
  private final List<Long> dropped = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(1_000);
  private final FrameQueue queue = new FrameQueue(2, 4, task -> announced.add(task.frame().id()),
      task -> dropped.add(task.frame().id()), now::get);

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

  @Test
  void ofAStreamTheOldestWaitingPictureMakesRoom() throws InterruptedException {
    for (int id = 1; id <= 6; id++) {
      offer("front", id);
    }

    assertThat(dropped).containsExactly(1L, 2L);
    assertThat(queue.size()).isEqualTo(4);
    assertThat(takeAll("front", 4)).containsExactly(3L, 4L, 5L, 6L);
    assertThat(announced).hasSize(6);
  }

  @Test
  void whatCameByAnotherDoorIsNeverDroppedAndKeepsItsPlace() throws InterruptedException {
    submit("front", 1);
    for (int id = 10; id <= 15; id++) {
      offer("front", id);
    }
    submit("front", 2);
    offer("front", 16);

    assertThat(dropped).containsExactly(10L, 11L, 12L);
    assertThat(queue.tryReserve("front")).isEmpty();
    assertThat(takeAll("front", 6)).containsExactly(1L, 13L, 14L, 15L, 2L, 16L);
    assertThat(queue.tryReserve("front")).isPresent();
    assertThat(queue.tryReserve("front")).isPresent();
    assertThat(queue.tryReserve("front")).isEmpty();
  }

  @Test
  void aStreamTakesNoPlaceFromUploadsOfItsCamera() {
    for (int id = 1; id <= 100; id++) {
      offer("front", id);
    }

    assertThat(queue.tryReserve("front")).isPresent();
    assertThat(queue.tryReserve("front")).isPresent();
  }

  /** One worker looks at ten pictures a second; one camera sends a hundred, four others one each. */
  @Test
  void aFloodOfOneCameraStarvesNobody() throws InterruptedException {
    long id = 0;
    for (int second = 0; second < 60; second++) {
      for (int i = 0; i < 100; i++) {
        offer("flood", ++id);
        if (i == 50) {
          for (int quiet = 1; quiet <= 4; quiet++) {
            submit("quiet-" + quiet, ++id);
          }
        }
        now.addAndGet(10_000_000);
        if (i % 10 == 9) {
          FrameTask task = queue.take();
          queue.done(task.frame().cameraId());
        }
      }
      assertThat(queue.sizes()).containsOnlyKeys("flood").containsEntry("flood", 4);
    }
    assertThat(dropped).hasSize(60 * 100 - 60 * 6 - 4);
  }

  @Test
  void howMuchWaitsAndForHowLongIsKnown() throws InterruptedException {
    assertThat(queue.oldestAge()).isEqualTo(Duration.ZERO);
    submit("front", 1);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    offer("porch", 2);
    offer("porch", 3);
    now.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.sizes()).containsExactly(entry("front", 1), entry("porch", 2));
    assertThat(queue.size("porch")).isEqualTo(2);
    assertThat(queue.size("nobody")).isZero();
    assertThat(queue.oldestAge()).isEqualTo(Duration.ofSeconds(3));

    queue.take();
    assertThat(queue.oldestAge()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void theMetersSayWhatWaitsInAllAndByCamera() {
    var registry = new SimpleMeterRegistry();
    var meters = new QueueMeters(queue, registry);
    meters.count("porch");
    meters.count("porch");
    offer("porch", 1);
    submit("front", 2);
    now.addAndGet(Duration.ofMillis(1_500).toNanos());

    assertThat(registry.get("porchlight.queue.depth").gauge().value()).isEqualTo(2);
    assertThat(registry.get("porchlight.queue.camera.depth").tag("camera", "porch").gauge().value()).isEqualTo(1);
    assertThat(registry.get("porchlight.queue.oldest.seconds").gauge().value()).isEqualTo(1.5);
    meters.forget("porch");
    assertThat(registry.find("porchlight.queue.camera.depth").gauge()).isNull();
  }

  private List<Long> takeAll(String cameraId, int count) throws InterruptedException {
    var ids = new ArrayList<Long>();
    for (int i = 0; i < count; i++) {
      ids.add(queue.take().frame().id());
      queue.done(cameraId);
    }
    return ids;
  }

  private void offer(String cameraId, long id) {
    queue.offer(task(cameraId, id));
  }

  private void submit(String cameraId, long id) {
    try (var place = queue.tryReserve(cameraId).orElseThrow()) {
      place.submit(task(cameraId, id));
    }
  }

  private static FrameTask task(String cameraId, long id) {
    return new FrameTask(new Frame(id, cameraId, FrameSource.FOLDER, Path.of("x.jpg"), 1, "00", Instant.EPOCH,
        Instant.EPOCH, 0));
  }
}
