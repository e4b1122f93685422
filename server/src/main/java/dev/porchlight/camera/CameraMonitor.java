package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.store.CameraStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which cameras are alive: online at a frame, offline after a silence. Each change is stored, then told, on one
 * thread and in order. Thread-safe.
 */
public final class CameraMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CameraMonitor.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final CameraConfig config;
  private final CameraStore cameras;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Consumer<CameraStatus> changed;
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Makes a monitor that does not watch yet.
   *
   * @param changed hears of each change of a status once it is stored
   */
  public CameraMonitor(CameraConfig config, CameraStore cameras, Clock clock, LongSupplier nanoTime,
      Consumer<CameraStatus> changed) {
    this.config = config;
    this.cameras = cameras;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.changed = changed;
    this.timer = new ScheduledThreadPoolExecutor(1,
        Thread.ofPlatform().name("camera-monitor").daemon(true).factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Takes up what was known: a camera that was online has what is left of its time to show itself. */
  public void start() {
    Instant now = clock.instant();
    for (Camera camera : cameras.all()) {
      if (camera.status() == CameraState.ONLINE) {
        Instant seen = camera.lastSeenAt() == null ? Instant.EPOCH : camera.lastSeenAt();
        Duration silent = Duration.between(seen, now);
        // A clock that was set back must not keep a dead camera online for longer than the silence allowed.
        Duration used = silent.isNegative() ? Duration.ZERO : silent;
        Duration capped = used.compareTo(config.offlineAfter()) > 0 ? config.offlineAfter() : used;
        var state = new Watched(camera.id(), nanoTime.getAsLong() - capped.toNanos(), seen, true);
        watched.put(camera.id(), state);
        schedule(state);
      }
    }
  }

  /** A camera showed a sign of life. */
  public void seen(String cameraId, Instant at) {
    Watched state = watched.computeIfAbsent(cameraId, id -> new Watched(id, nanoTime.getAsLong(), at, false));
    state.lastNanos = nanoTime.getAsLong();
    state.lastSeen = at;
    if (!state.online && !timer.isShutdown()) {
      timer.execute(() -> comeOnline(state));
    }
  }

  /** Counts the cameras; blocks, and throws what the store throws. */
  public Census census() {
    int online = 0;
    int silent = 0;
    int known = 0;
    for (Camera camera : cameras.all()) {
      known++;
      if (camera.status() == CameraState.ONLINE) {
        online++;
      } else if (camera.lastSeenAt() != null) {
        silent++;
      }
    }
    return new Census(online, silent, known);
  }

  /**
   * How many cameras there are.
   *
   * @param silent were seen once, and are offline
   */
  public record Census(int online, int silent, int known) {}

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void comeOnline(Watched state) {
    if (!state.online && change(state, CameraState.ONLINE)) {
      state.online = true;
      schedule(state);
    }
  }

  private void look(Watched state) {
    if (nanoTime.getAsLong() - state.lastNanos < config.offlineAfter().toNanos()) {
      schedule(state);
    } else if (change(state, CameraState.OFFLINE)) {
      state.online = false;
      if (nanoTime.getAsLong() - state.lastNanos < config.offlineAfter().toNanos()) {
        // It showed itself while its silence was being stored, when it still counted as online.
        comeOnline(state);
      }
    } else if (!timer.isShutdown()) {
      var _ = timer.schedule(() -> look(state), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void schedule(Watched state) {
    if (!timer.isShutdown()) {
      long left = state.lastNanos + config.offlineAfter().toNanos() - nanoTime.getAsLong();
      var _ = timer.schedule(() -> look(state), Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }

  private boolean change(Watched state, CameraState to) {
    try {
      @Nullable
      Instant seen = state.lastSeen;
      cameras.setStatus(state.cameraId, to, seen);
      log.info("camera {}: {}", state.cameraId, to.wireName());
      changed.accept(new CameraStatus(state.cameraId, to, seen));
      return true;
    } catch (RuntimeException e) {
      // Whatever it was: an exception would end this camera's timer for good.
      log.error("camera {}: could not store that it is {}", state.cameraId, to.wireName(), e);
      return false;
    }
  }

  /** One camera; {@code online} is written on the timer's thread only. */
  private static final class Watched {
    private final String cameraId;
    private volatile long lastNanos;
    private volatile Instant lastSeen;
    private volatile boolean online;

    Watched(String cameraId, long lastNanos, Instant lastSeen, boolean online) {
      this.cameraId = cameraId;
      this.lastNanos = lastNanos;
      this.lastSeen = lastSeen;
      this.online = online;
    }
  }
}
