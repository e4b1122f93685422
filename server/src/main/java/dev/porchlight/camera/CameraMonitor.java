package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which cameras are alive: online at a sign of life, offline after a silence. A camera that comes and goes is only
 * said to be back once it has stayed for a while. Each change is stored, then told, then counted, on one thread and in
 * order; the same is never told twice. Thread-safe.
 */
public final class CameraMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CameraMonitor.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  /** A camera that was given up so recently may be one that comes and goes. */
  private static final Duration RECENTLY = Duration.ofMinutes(10);
  /** How far what the store says of a last sign may lag before it is written anew. */
  private static final Duration LAG = Duration.ofSeconds(1);

  private final CameraConfig config;
  private final CameraStore cameras;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final CameraMeters meters;
  private final Consumer<CameraStatus> changed;
  private final Map<String, WatchedCamera> watched = new ConcurrentHashMap<>();
  private final TaskGuard guard = new TaskGuard("camera-monitor");
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Makes a monitor that does not watch yet.
   *
   * @param changed hears of each change of a status once it is stored
   */
  public CameraMonitor(CameraConfig config, CameraStore cameras, Clock clock, LongSupplier nanoTime,
      MeterRegistry meters, Consumer<CameraStatus> changed) {
    this.config = config;
    this.cameras = cameras;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.meters = new CameraMeters(meters);
    this.changed = changed;
    this.timer = new ScheduledThreadPoolExecutor(1,
        Thread.ofPlatform().name("camera-monitor").daemon(true).factory(), new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Takes up what was known: a camera that was online has what is left of its time to show itself. Of a stream that is all
   * of it, since it could not be seen while nobody looked.
   */
  public void start() {
    Instant now = clock.instant();
    for (Camera camera : cameras.all()) {
      meters.is(camera.id(), camera.status());
      if (camera.status() == CameraState.ONLINE) {
        Instant seen = camera.lastSeenAt() == null ? Instant.EPOCH : camera.lastSeenAt();
        var state = new WatchedCamera(camera.id(), nanoTime.getAsLong() - silence(camera, seen, now).toNanos(), seen,
            true);
        watched.put(camera.id(), state);
        execute(() -> look(state));
      }
    }
  }

  /** A camera showed a sign of life: a picture, a login, a stream that runs though its scene is still. Never blocks. */
  public void seen(String cameraId, Instant at) {
    long now = nanoTime.getAsLong();
    WatchedCamera state = watched.computeIfAbsent(cameraId, id -> new WatchedCamera(id, now, at, false));
    state.sign(now, at);
    if (!state.online && !state.onTrial) {
      execute(() -> comeBack(state));
    }
  }

  /** A camera was made, or what is said of it has changed, in the store: how long it may be silent, or that it is off. */
  public void settingsChanged(String cameraId) {
    execute(() -> {
      WatchedCamera state = watched.get(cameraId);
      if (state == null) {
        meters.is(cameraId, CameraState.OFFLINE);
      } else if (state.online) {
        look(state);
      }
    });
  }

  /** A camera was deleted from the store; when it was online, it is said to have gone. */
  public void deleted(String cameraId) {
    execute(() -> {
      WatchedCamera state = watched.remove(cameraId);
      if (state != null) {
        state.cancelNext();
        if (state.online) {
          tell(state, CameraState.OFFLINE);
        }
      }
      meters.forget(cameraId);
    });
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
      } else if (camera.lastSeenAt() != null && camera.settings().enabled()) {
        silent++;
      }
    }
    return new Census(online, silent, known);
  }

  /**
   * How many cameras there are.
   *
   * @param silent were seen once, and are offline though nobody has switched them off
   */
  public record Census(int online, int silent, int known) {}

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return guard.state();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** A clock that was set back must not keep a dead camera online for longer than the silence allowed. */
  private Duration silence(Camera camera, Instant seen, Instant now) {
    if (camera.settings().source() != null || seen.isAfter(now)) {
      return Duration.ZERO;
    }
    Duration silent = Duration.between(seen, now);
    Duration allowed = config.silenceAllowed(camera.settings());
    return silent.compareTo(allowed) > 0 ? allowed : silent;
  }

  private void comeBack(WatchedCamera state) {
    if (state.online || state.onTrial) {
      return;
    }
    CameraSettings settings = settings(state);
    Duration trial = config.trial(settings);
    if (!settings.enabled()) {
      return;
    }
    if (wasGivenUpRecently(state) && !trial.isZero()) {
      state.onTrial = true;
      schedule(state, trial, () -> judge(state, trial));
    } else {
      goOnline(state);
    }
  }

  private boolean wasGivenUpRecently(WatchedCamera state) {
    return state.offlineSinceNanos != null && nanoTime.getAsLong() - state.offlineSinceNanos < RECENTLY.toNanos();
  }

  /** A stream must still run at the end of its trial; who hands in pictures has done so. */
  private void judge(WatchedCamera state, Duration trial) {
    state.onTrial = false;
    boolean isStream = settings(state).source() != null;
    if (!isStream || nanoTime.getAsLong() - state.lastNanos <= trial.toNanos() / 2) {
      goOnline(state);
    }
  }

  private void goOnline(WatchedCamera state) {
    if (change(state, CameraState.ONLINE)) {
      state.online = true;
      look(state);
    }
  }

  /** Looks whether a camera that is online still is, and when to look next. */
  private void look(WatchedCamera state) {
    try {
      CameraSettings settings = settings(state);
      long left = left(state, settings);
      if (settings.enabled() && left > 0) {
        schedule(state, Duration.ofNanos(left), () -> look(state));
        keep(state);
      } else if (change(state, CameraState.OFFLINE)) {
        giveUp(state, settings);
      } else {
        schedule(state, RETRY, () -> look(state));
      }
    } catch (RuntimeException | Error e) {
      // Whatever it was: nobody would look at this camera again.
      guard.failed(e);
      schedule(state, RETRY, () -> look(state));
    }
  }

  private void giveUp(WatchedCamera state, CameraSettings settings) {
    state.online = false;
    state.cancelNext();
    if (!settings.enabled()) {
      // Somebody's wish is no failure: when it is switched on again, the first sign counts.
      state.offlineSinceNanos = null;
      return;
    }
    state.offlineSinceNanos = nanoTime.getAsLong();
    if (left(state, settings) > 0) {
      // It showed itself while its silence was being stored, when it still counted as online.
      comeBack(state);
    }
  }

  private long left(WatchedCamera state, CameraSettings settings) {
    return state.lastNanos + config.silenceAllowed(settings).toNanos() - nanoTime.getAsLong();
  }

  /** Of a still scene nothing reaches the ledger, which else notes when a camera was seen. */
  private void keep(WatchedCamera state) {
    Instant stored = cameras.find(state.cameraId).map(Camera::lastSeenAt).orElse(state.lastSeen);
    if (stored.plus(LAG).isBefore(state.lastSeen)) {
      cameras.setStatus(state.cameraId, CameraState.ONLINE, state.lastSeen);
    }
  }

  private CameraSettings settings(WatchedCamera state) {
    return cameras.find(state.cameraId).map(Camera::settings).orElse(CameraSettings.STANDARD);
  }

  private boolean change(WatchedCamera state, CameraState to) {
    try {
      cameras.setStatus(state.cameraId, to, state.lastSeen);
    } catch (StoreException e) {
      if (e.isRefusal()) {
        // It was deleted while a picture of it was still on its way.
        log.debug("camera {}: {}", state.cameraId, e.getMessage());
      } else {
        log.error("camera {}: could not store that it is {}: {}", state.cameraId, to.wireName(), e.getMessage());
      }
      return false;
    }
    tell(state, to);
    return true;
  }

  private void tell(WatchedCamera state, CameraState to) {
    log.info("camera {}: {}", state.cameraId, to.wireName());
    meters.changed(state.cameraId, to);
    changed.accept(new CameraStatus(state.cameraId, to, state.lastSeen));
  }

  private void execute(Runnable work) {
    timer.execute(() -> run(work));
  }

  private void schedule(WatchedCamera state, Duration delay, Runnable work) {
    state.cancelNext();
    state.next = timer.schedule(() -> run(work), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** What fails here, the camera's next sign of life does again. */
  private void run(Runnable work) {
    try {
      boolean _ = guard.round(work::run);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
