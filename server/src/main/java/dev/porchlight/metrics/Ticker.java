package dev.porchlight.metrics;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A timer with a thread of its own for tasks that come again and again, one at a time. One that throws, an {@link Error}
 * included, comes again all the same; see {@link TaskGuard}. Thread-safe.
 */
public final class Ticker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ticker.class);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final String name;
  private final ScheduledThreadPoolExecutor timer;
  private final List<Repeated> tasks = new CopyOnWriteArrayList<>();

  /** @param name of the thread */
  public Ticker(String name) {
    this.name = name;
    this.timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name(name).daemon(true).factory());
  }

  /** Runs a task after {@code first}, and again and again, {@code pause} after its end. */
  public void every(Duration first, Duration pause, TaskGuard.Round task) {
    var guard = new TaskGuard(name);
    Future<?> future = timer.scheduleWithFixedDelay(() -> run(guard, task), first.toNanos(), pause.toNanos(),
        TimeUnit.NANOSECONDS);
    tasks.add(new Repeated(guard, future));
  }

  /** How its tasks are: down when one does not come again, degraded while one fails. */
  public Component state() {
    if (!timer.isShutdown() && tasks.stream().anyMatch(task -> task.future.isDone())) {
      return new Component(Status.DOWN, "task " + name + " has ended: restart the server");
    }
    return TaskGuard.worst(tasks.stream().map(task -> task.guard.state()));
  }

  /** Interrupts the task under way and waits for its end, five seconds at most. */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("task {}: did not stop within {} s", name, STOP.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(TaskGuard guard, TaskGuard.Round task) {
    try {
      boolean _ = guard.round(task);
    } catch (InterruptedException _) {
      // The timer is being closed.
      Thread.currentThread().interrupt();
    }
  }

  private record Repeated(TaskGuard guard, Future<?> future) {}
}
