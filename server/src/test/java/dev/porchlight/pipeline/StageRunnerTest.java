package dev.porchlight.pipeline;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Health.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A worker goes on whatever a frame does to it. */
class StageRunnerTest {
  private final FrameQueue queue = new FrameQueue(8, 4, _ -> {}, _ -> {}, System::nanoTime);

  @Test
  void anErrorOfTheStageLeavesTheWorkerAtWork() {
    var first = new FrameTask(frame("front", 1));
    var second = new FrameTask(frame("front", 2));
    try (var runner = runner(task -> {
      if (task.frame().id() == 1) {
        throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
      }
    })) {
      runner.start();
      queue.offer(first);
      queue.offer(second);

      await().until(second.outcome()::isDone);
      assertThat(first.outcome()).isCompletedExceptionally();
      assertThat(runner.taskState().status()).isEqualTo(Status.OK);
    }
  }

  /** Outside of the stage, where an error used to end the worker for good. */
  @Test
  void anErrorOfTheRunnerItselfLeavesTheWorkerAtWork() {
    var broken = new FrameTask(frame("porch", 1), new BrokenOutcome());
    var next = new FrameTask(frame("front", 2));
    try (var runner = runner(_ -> {})) {
      runner.start();
      queue.offer(broken);
      queue.offer(next);

      await().until(next.outcome()::isDone);
      assertThat(runner.taskState().status()).isEqualTo(Status.OK);
    }
  }

  private StageRunner runner(Consumer<FrameTask> stage) {
    return new StageRunner("test", 1, queue, (_, task) -> {
      stage.accept(task);
      task.outcome().complete(new FrameOutcome(FrameState.DONE, "", List.of()));
    });
  }

  private static Frame frame(String cameraId, long id) {
    Instant noon = Instant.parse("2025-12-23T12:00:00Z");
    return new Frame(id, cameraId, FrameSource.STREAM, Path.of(id + ".jpg"), 1, "", noon, noon, 0);
  }

  /** Nobody can be told how the frame ended. */
  private static final class BrokenOutcome extends CompletableFuture<FrameOutcome> {
    @Override
    public CompletableFuture<FrameOutcome> whenComplete(
        BiConsumer<? super FrameOutcome, ? super Throwable> action) {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
  }
}
