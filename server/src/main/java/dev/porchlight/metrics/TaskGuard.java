package dev.porchlight.metrics;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a task going that runs for as long as the server does. A round that throws, an {@link Error} included, is logged once
 * an hour for each class of exception, and the next round follows: a lack of direct memory, which is an {@code Error}, passes.
 * A task that ended all the same shows in {@link #state}. Thread-safe.
 */
public final class TaskGuard {
  private static final Logger log = LoggerFactory.getLogger(TaskGuard.class);
  private static final Component WELL = new Component(Status.OK, "tasks run");
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LINES = Duration.ofHours(1);

  private final String name;
  private final LongSupplier nanoTime;
  /** By class of what was thrown, when it was logged last. */
  private final Map<Class<?>, Long> logged = new ConcurrentHashMap<>();
  private volatile @Nullable String failure;
  private volatile boolean hasDied;

  /** @param name of the task, as its thread has it: in the log and in the health */
  public TaskGuard(String name) {
    this(name, System::nanoTime);
  }

  TaskGuard(String name, LongSupplier nanoTime) {
    this.name = name;
    this.nanoTime = nanoTime;
  }

  /** One round of a task. */
  @FunctionalInterface
  public interface Round {
    /** Runs once; may throw anything. */
    void run() throws InterruptedException;
  }

  /**
   * Runs rounds until {@code isStopping}, a second after each that failed. An interrupt ends it too; when nobody is stopping
   * the task, that is a death.
   */
  public void loop(BooleanSupplier isStopping, Round round) {
    try {
      while (!isStopping.getAsBoolean()) {
        if (!round(round)) {
          Thread.sleep(PAUSE_AFTER_FAILURE);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      hasDied = !isStopping.getAsBoolean();
    }
  }

  /** Runs one round; returns false when it failed, which is logged. */
  public boolean round(Round round) throws InterruptedException {
    try {
      round.run();
      works();
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      failed(e);
      return false;
    }
  }

  /** Notes and logs a failure that the task has dealt with itself; see {@link #works}. */
  public void failed(Throwable cause) {
    try {
      failure = cause.getClass().getName();
      if (isNews(cause)) {
        log.error("task {}: failed, going on", name, cause);
      } else {
        log.debug("task {}: failed again, going on", name, cause);
      }
    } catch (Throwable _) {
      // There may be no memory for the log either; the next round may have it.
    }
  }

  /** Notes that the task works; for a round that lasts, since one that ends without a failure says so by itself. */
  public void works() {
    failure = null;
  }

  /** How the task is: down when it has ended, degraded while its rounds fail. */
  public Component state() {
    if (hasDied) {
      return new Component(Status.DOWN, "task " + name + " has ended: restart the server");
    }
    String what = failure;
    return what == null
        ? WELL
        : new Component(Status.DEGRADED, "task " + name + " fails: " + what + "; the log says why");
  }

  /** The worst of these; OK when there are none. */
  public static Component worst(Stream<Component> states) {
    return states.reduce(WELL, Component::orWorse);
  }

  private boolean isNews(Throwable cause) {
    long now = nanoTime.getAsLong();
    Long before = logged.get(cause.getClass());
    if (before != null && now - before < BETWEEN_LINES.toNanos()) {
      return false;
    }
    logged.put(cause.getClass(), now);
    return true;
  }
}
