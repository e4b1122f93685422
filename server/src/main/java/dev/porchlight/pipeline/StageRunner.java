package dev.porchlight.pipeline;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.metrics.TaskGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a stage: its threads, its queue and its failures, so that the stage itself only decides. Its workers are platform
 * threads, since what they do is native and CPU-bound. Thread-safe.
 */
public final class StageRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StageRunner.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final FrameQueue queue;
  private final Stage stage;
  private final List<Thread> workers = new ArrayList<>();
  private final List<TaskGuard> guards = new ArrayList<>();
  private volatile boolean stopping;

  /**
   * Makes a runner that does not run yet.
   *
   * @param name    of its threads: {@code detect}
   * @param workers how many threads
   */
  public StageRunner(String name, int workers, FrameQueue queue, Stage stage) {
    this.name = name;
    this.queue = queue;
    this.stage = stage;
    for (int worker = 0; worker < workers; worker++) {
      int number = worker;
      String threadName = name + "-" + (worker + 1);
      var guard = new TaskGuard(threadName);
      this.guards.add(guard);
      this.workers.add(Thread.ofPlatform()
          .name(threadName)
          .unstarted(() -> guard.loop(() -> stopping, () -> takeNext(number))));
    }
  }

  /** Starts the workers. */
  public void start() {
    workers.forEach(Thread::start);
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return TaskGuard.worst(guards.stream().map(TaskGuard::state));
  }

  /** Lets each worker finish what it is at, for ten seconds at most. What still waits stays in the ledger. */
  @Override
  public void close() {
    stopping = true;
    workers.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + STOP.toNanos();
    for (Thread worker : workers) {
      try {
        if (worker.isAlive() && !worker.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          log.warn("{} did not stop within {} s", worker.getName(), STOP.toSeconds());
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void process(int worker, FrameTask task) throws InterruptedException {
    try {
      stage.process(worker, task);
    } catch (InterruptedException e) {
      task.outcome().completeExceptionally(e);
      throw e;
    } catch (Throwable e) {
      // The frame stays as it is in the ledger: the next start takes it up again. The worker goes on.
      log.error("{}: camera {}, frame {} failed", name, task.frame().cameraId(), task.frame().id(), e);
      task.outcome().completeExceptionally(e);
    }
  }

  private void takeNext(int worker) throws InterruptedException {
    try {
      FrameTask task = queue.take();
      // The camera's next frame waits until this one is stored, or it could not be known for the same picture.
      var _ = task.outcome().whenComplete((_, _) -> queue.done(task.frame().cameraId()));
      process(worker, task);
    } catch (InterruptedException e) {
      if (stopping) {
        throw e;
      }
      log.warn("{}: interrupted while running", name);
    }
  }
}
