package dev.porchlight.video;

import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.TakenPicture;
import dev.porchlight.domain.WireTime;
import dev.porchlight.metrics.TaskGuard;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the stream of one camera, on a thread and by a process of its own, and begins again whenever it ends: sooner at
 * first, then later and later. What is wrong is said once, and once more when it is right again.
 */
final class CameraStream {
  private static final Logger log = LoggerFactory.getLogger(CameraStream.class);
  /** Beyond our own patience, which knows better what to say of it; it counts when this Java machine was killed. */
  private static final Duration BEYOND = Duration.ofSeconds(5);

  private final String cameraId;
  private final CameraSource source;
  private final double fps;
  private final double sensitivity;
  private final Streaming shared;
  private final MotionGate gate;
  private final Backoff backoff;
  private final TaskGuard guard;
  private final Thread thread;
  private final @Nullable Thread predecessor;
  private final Counter frames;
  private final Counter skipped;
  private final Counter restarts;
  private final Counter stalls;
  private final LatestPicture latest = new LatestPicture();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile StreamState state = new StreamState.Connecting();
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable FfmpegProcess running;
  /** Since when it does not come; confined to the stream's thread. */
  private @Nullable Instant failingSince;

  /**
   * Makes a stream that is not read yet.
   *
   * @param sensitivity of the motion gate
   * @param predecessor the thread of the stream that this one takes the place of: a camera may have one session to give
   */
  CameraStream(String cameraId, CameraSource source, double fps, double sensitivity, Streaming shared,
      @Nullable Thread predecessor) {
    this.cameraId = cameraId;
    this.source = source;
    this.fps = fps;
    this.sensitivity = sensitivity;
    this.shared = shared;
    this.gate = new MotionGate(sensitivity);
    this.backoff = new Backoff(shared.times().firstPause(), shared.times().longestPause(), shared.random());
    this.predecessor = predecessor;
    this.frames = shared.counter("porchlight.video.frames", cameraId);
    this.skipped = shared.counter("porchlight.video.skipped", cameraId);
    this.restarts = shared.counter("porchlight.stream.restarts", cameraId);
    this.stalls = shared.counter("porchlight.stream.stalls", cameraId);
    this.guard = new TaskGuard("stream-" + cameraId);
    // Encoding is for processors, and reading from a process holds a thread of the system anyway.
    this.thread = Thread.ofPlatform().name("stream-" + cameraId).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** True when it is what these say already. */
  boolean isOf(@Nullable CameraSource other, double otherFps, double otherSensitivity) {
    return source.equals(other) && fps == otherFps && sensitivity == otherSensitivity;
  }

  Thread thread() {
    return thread;
  }

  /** Ends it soon; returns its thread, to wait for. */
  Thread stop() {
    stopping.countDown();
    thread.interrupt();
    FfmpegProcess process = running;
    if (process != null) {
      process.kill();
    }
    return thread;
  }

  StreamState state() {
    return state;
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  Component taskState() {
    return guard.state();
  }

  /** The next picture if the stream is running, else the last one; empty before the first. */
  Optional<TakenPicture> latest() throws InterruptedException {
    return state instanceof StreamState.Running ? latest.next() : latest.newest();
  }

  /** Ends a try that is stalled. */
  void watch() {
    Attempt current = attempt;
    if (current != null && current.endIfStalled(shared.nanoTime().getAsLong())) {
      stalls.increment();
    }
  }

  private void run() {
    guard.loop(() -> stopping.getCount() == 0, this::readThenPause);
  }

  private void readThenPause() throws InterruptedException {
    try {
      if (predecessor != null) {
        predecessor.join();
      }
      read();
    } catch (VideoException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      guard.failed(e);
      fail("an error of the server, which its log tells of");
    }
    if (!stopping.await(backoff.next().toNanos(), TimeUnit.NANOSECONDS)) {
      restarts.increment();
    }
  }

  /** Reads until it ends, which is always a failure. */
  private void read() throws VideoException, InterruptedException {
    var config = shared.config();
    Duration patience = config.stallAfter().compareTo(config.answerWithin()) > 0
        ? config.stallAfter()
        : config.answerWithin();
    var arguments = FfmpegArguments.ofStream(source, fps, config.maxWidth(), patience.plus(BEYOND));
    try (var process = FfmpegProcess.start(shared.ffmpeg().get(), thread.getName(), arguments.arguments(),
        arguments.script(), Secrets.of(source))) {
      running = process;
      var current = new Attempt(process, config, shared.nanoTime().getAsLong());
      attempt = current;
      try {
        read(process, current);
      } finally {
        attempt = null;
        running = null;
      }
    }
  }

  private void read(FfmpegProcess process, Attempt current) throws VideoException, InterruptedException {
    String broken = null;
    try {
      var reader = new Y4mReader(process.output());
      for (YuvFrame frame = reader.next(); frame != null && stopping.getCount() > 0; frame = reader.next()) {
        current.picture(shared.nanoTime().getAsLong());
        take(frame);
        recover(current);
      }
    } catch (VideoException e) {
      throw e;
    } catch (IOException e) {
      broken = "it broke off";
    }
    String givenUp = current.givenUp();
    throw new VideoException(
        givenUp != null ? givenUp : process.failure(broken == null ? "the camera ended it" : broken));
  }

  private void take(YuvFrame frame) throws InterruptedException {
    Instant now = WireTime.truncate(shared.clock().instant());
    frames.increment();
    shared.seen().accept(cameraId, now);
    if (gate.passes(frame, shared.nanoTime().getAsLong())) {
      byte[] jpeg = shared.encoder().encode(frame);
      latest.put(new TakenPicture(jpeg, now));
      shared.pictures().keep(cameraId, jpeg, now, gate::noticed);
    } else {
      skipped.increment();
      shared.skipped().accept(cameraId, now);
      if (latest.isWanted(now)) {
        latest.put(new TakenPicture(shared.encoder().encode(frame), now));
      }
    }
  }

  private void fail(String reason) {
    if (stopping.getCount() == 0) {
      return;
    }
    state = new StreamState.Reconnecting(reason);
    if (failingSince == null) {
      failingSince = shared.clock().instant();
      log.warn("camera {}: its stream {} does not come, and is tried again until it does: {}", cameraId, source,
          reason);
    } else {
      log.debug("camera {}: its stream still does not come: {}", cameraId, reason);
    }
  }

  private void recover(Attempt current) {
    if (!(state instanceof StreamState.Running)) {
      state = new StreamState.Running();
    }
    if (current.length().compareTo(shared.times().ranWell()) < 0) {
      return;
    }
    backoff.reset();
    Instant since = failingSince;
    if (since != null) {
      failingSince = null;
      log.info("camera {}: its stream is back after {} s", cameraId,
          Duration.between(since, shared.clock().instant()).toSeconds());
    }
  }
}
