package dev.porchlight.video;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.domain.TakenPicture;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.metrics.Ticker;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.FrameLedger;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls the streams of all cameras that have one and are enabled. What comes, goes through the motion gate, and what passes
 * is a frame as any other, but that it gives way to newer ones when too many wait. Thread-safe.
 */
public final class Streams implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Streams.class);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

  private final Streaming shared;
  private final Ticker watch = new Ticker("stream-watch");
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final SequencedMap<String, CameraStream> streams = new TreeMap<>();
  @GuardedBy("lock")
  private boolean closed;

  /**
   * Makes the puller, which does not pull yet.
   *
   * @param video    what reads video
   * @param next     takes each picture that passes; must not block
   * @param seen     hears of each picture that comes, by its camera and when; must not block
   * @param skipped  hears of each picture that does not pass the motion gate; must not block
   * @param nanoTime a clock that never goes back: {@code System::nanoTime}
   * @param random   spreads new tries
   */
  public Streams(VideoTools video, FrameLedger ledger, Consumer<FrameTask> next, BiConsumer<String, Instant> seen,
      BiConsumer<String, Instant> skipped, MeterRegistry meters, Clock clock, LongSupplier nanoTime,
      RandomGenerator random) {
    this(video, StreamTimes.STANDARD, ledger, next, seen, skipped, meters, clock, nanoTime, random);
  }

  Streams(VideoTools video, StreamTimes times, FrameLedger ledger, Consumer<FrameTask> next,
      BiConsumer<String, Instant> seen, BiConsumer<String, Instant> skipped, MeterRegistry meters, Clock clock,
      LongSupplier nanoTime, RandomGenerator random) {
    this.shared = new Streaming(video.config(), times, video.ffmpeg(), video.encoder(),
        new StreamPictures(video.config().streams(), ledger, next), seen, skipped, meters, clock, nanoTime, random);
  }

  /** Begins with these cameras. */
  public void start(Collection<Camera> cameras) {
    cameras.forEach(this::changed);
    Duration tick = Duration.ofNanos(Math.min(LONGEST_TICK.toNanos(), shared.config().stallAfter().toNanos() / 4));
    watch.every(tick, tick, () -> all().values().forEach(CameraStream::watch));
  }

  /**
   * A camera is new, or has been changed: its stream begins, ends, begins anew with what is new, or goes on when that is no
   * matter of its stream. Does not wait.
   */
  public void changed(Camera camera) {
    CameraSettings settings = camera.settings();
    put(camera.id(), settings.enabled() ? settings.source() : null, settings);
  }

  /** A camera is gone: its stream ends. Does not wait. */
  public void removed(String cameraId) {
    put(cameraId, null, CameraSettings.STANDARD);
  }

  /**
   * The newest picture of a camera's stream, moving or not; waits up to two seconds for the next one. Empty when the camera has
   * no stream, or no picture since the start.
   */
  public Optional<TakenPicture> latest(String cameraId) throws InterruptedException {
    CameraStream stream;
    synchronized (lock) {
      stream = streams.get(cameraId);
    }
    return stream == null ? Optional.empty() : stream.latest();
  }

  /** How they are; without any, that is well. */
  public Component status() {
    Map<String, CameraStream> all = all();
    return statusOf(all).orWorse(watch.state())
        .orWorse(TaskGuard.worst(all.values().stream().map(CameraStream::taskState)));
  }

  private static Component statusOf(Map<String, CameraStream> all) {
    int running = 0;
    var wrong = new ArrayList<String>();
    for (Map.Entry<String, CameraStream> entry : all.entrySet()) {
      switch (entry.getValue().state()) {
        case StreamState.Running _ -> running++;
        case StreamState.Connecting _ -> {
          // Nothing can be said yet.
        }
        case StreamState.Reconnecting(String reason) -> wrong.add(entry.getKey() + ": reconnecting: " + reason);
      }
    }
    String detail = all.isEmpty() ? "no camera has a stream" : running + " of " + all.size() + " streams run";
    return wrong.isEmpty()
        ? new Component(Status.OK, detail)
        : new Component(Status.DEGRADED, detail + "; " + String.join("; ", wrong));
  }

  /** Ends all streams and their processes, within seconds. */
  @Override
  public void close() {
    List<CameraStream> all;
    synchronized (lock) {
      closed = true;
      all = List.copyOf(streams.values());
      streams.clear();
    }
    watch.close();
    List<Thread> threads = all.stream().map(CameraStream::stop).toList();
    long end = System.nanoTime() + STOP.toNanos();
    try {
      for (Thread thread : threads) {
        boolean isRunning = thread.getState() != Thread.State.NEW && thread.isAlive();
        if (isRunning && !thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          log.warn("{} did not stop in time", thread.getName());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(String cameraId, @Nullable CameraSource source, CameraSettings settings) {
    double fps = or(settings.fps(), shared.config().fps());
    double sensitivity = or(settings.sensitivity(), shared.config().sensitivity());
    CameraStream before;
    CameraStream after = null;
    synchronized (lock) {
      before = streams.get(cameraId);
      if (before != null && before.isOf(source, fps, sensitivity)) {
        return;
      }
      streams.remove(cameraId);
      if (source != null && !closed) {
        after = new CameraStream(cameraId, source, fps, sensitivity, shared, before == null ? null : before.thread());
        streams.put(cameraId, after);
      }
    }
    if (before != null) {
      var _ = before.stop();
    }
    if (after != null) {
      after.start();
    }
  }

  private static double or(@Nullable Double own, double standard) {
    return own == null ? standard : own;
  }

  private Map<String, CameraStream> all() {
    synchronized (lock) {
      return new TreeMap<>(streams);
    }
  }
}
