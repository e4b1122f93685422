package dev.porchlight.detection;

import dev.porchlight.detection.Look.Ended;
import dev.porchlight.detection.Look.Seen;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameState;
import dev.porchlight.metrics.InferenceRate;
import dev.porchlight.pipeline.FrameSink;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the detection stage on one frame: look at it, and hand on what was found or write down why nothing can be.
 * While the detector or the store fails, the frame stays with its worker, which tries again: a frame is never lost, and a
 * broken detector never looks like a quiet night. Thread-safe for as many threads as there are workers.
 */
public final class DetectionStage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DetectionStage.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  /** For what may lie in the picture; what lies in the detector or the store is tried until it works. */
  private static final int TRIES = 3;

  private final FrameLook look;
  private final FrameLedger ledger;
  private final MeterRegistry meters;
  private final FrameSink next;
  private final Duration firstPause;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable String trouble;

  /**
   * A stage that hands on.
   *
   * @param memory   the bound on pictures in flight, shared with whoever else decodes
   * @param inFlight of as many workers as call {@link #look}
   * @param rules    what counts of what is found
   * @param next     takes each frame that was looked at and what was found, which may be nothing; it is to store that and to
   *                 complete the task's outcome
   */
  public DetectionStage(FrameLedger ledger, Detector detector, PictureMemory memory, InFlight inFlight,
      InferenceRate rate, CameraRules rules, MeterRegistry meters, FrameSink next) {
    this(new FrameLook(ledger, memory, detector, inFlight, rate, rules), ledger, meters, next, FIRST_PAUSE);
  }

  DetectionStage(FrameLook look, FrameLedger ledger, MeterRegistry meters,
      FrameSink next, Duration firstPause) {
    this.look = look;
    this.ledger = ledger;
    this.meters = meters;
    this.next = next;
    this.firstPause = firstPause;
  }

  /**
   * Looks at a frame, for as long as it takes. The task's outcome is completed here unless the frame is handed on; it
   * completes exceptionally when this throws, and the frame is then still waiting in the ledger.
   *
   * @throws InterruptedException when the thread is interrupted, or the stage is closed while it waits for better times
   */
  public void look(FrameTask task) throws InterruptedException {
    try {
      switch (settle(task.frame())) {
        case Seen(var objects) -> next.accept(task, objects);
        case Ended(var state, var reason, _) -> task.outcome().complete(new FrameOutcome(state, reason, List.of()));
      }
    } catch (Throwable t) {
      task.outcome().completeExceptionally(t);
      throw t;
    }
  }

  /** False while the detector, or the store it needs, fails. */
  public boolean isHealthy() {
    return trouble == null;
  }

  /** What is wrong, in one line for people; empty while all is well. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** Ends waiting for better times. Frames that are being looked at are looked at to the end. */
  @Override
  public void close() {
    stopping.countDown();
  }

  private Look settle(Frame frame) throws InterruptedException {
    Duration pause = firstPause;
    for (int attempt = 1;; attempt++) {
      try {
        Look result = lookOrGiveUp(frame, attempt);
        switch (result) {
          case Seen _ -> recover();
          case Ended ended -> end(frame, ended);
        }
        return result;
      } catch (IOException | RuntimeException e) {
        complain(frame, e);
      }
      if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the detection stage is closing");
      }
      pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private Look lookOrGiveUp(Frame frame, int attempt) throws IOException, InterruptedException {
    try {
      return look.at(frame);
    } catch (DetectorException | StoreException e) {
      throw e;
    } catch (IOException e) {
      if (attempt < TRIES) {
        throw e;
      }
      return new Ended(FrameState.REJECTED, "it cannot be read: " + e, "unreadable");
    } catch (RuntimeException e) {
      if (attempt < TRIES) {
        throw e;
      }
      log.error("camera {}: looking at {} fails each time", frame.cameraId(), frame.path(), e);
      return new Ended(FrameState.SET_ASIDE, "looking at it failed " + TRIES + " times: " + e, "set_aside");
    }
  }

  private void end(Frame frame, Ended ended) {
    ledger.finish(frame.id(), ended.state(), ended.reason());
    if (ended.state() == FrameState.DUPLICATE) {
      meters.counter("porchlight.pictures.duplicate").increment();
      return;
    }
    meters.counter("porchlight.pictures.refused", "reason", ended.tag()).increment();
    log.warn("camera {}: {} is not looked at: {}", frame.cameraId(), frame.path(), ended.reason());
  }

  private void complain(Frame frame, Exception e) {
    if (!(e instanceof IOException)) {
      trouble = e.getMessage() == null ? e.toString() : e.getMessage();
    }
    log.warn("camera {}: cannot look at {} now, and will try again: {}", frame.cameraId(), frame.path(), e.toString());
  }

  private void recover() {
    if (trouble != null) {
      trouble = null;
      log.info("The detector is well again");
    }
  }
}
