package dev.porchlight.app;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.pipeline.FrameTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the frames that an earlier process left waiting. One during which that process died comes last and after a
 * while: if it was the cause, everything else is safe first; and a process that is killed for other reasons soon after
 * each start does not make a good picture look like the cause.
 */
final class Recovery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);
  private static final Duration PAUSE_BEFORE_SUSPECTS = Duration.ofSeconds(5);

  private final FrameIntake intake;
  private final TaskGuard guard = new TaskGuard("recovery");
  private final CountDownLatch stopping = new CountDownLatch(1);

  Recovery(FrameIntake intake) {
    this.intake = intake;
  }

  /** Submits the frames in their order, the suspects later; does not wait for places. */
  void start(List<Frame> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    log.info("taking up {} pictures that were waiting when the server stopped", waiting.size());
    Thread.ofVirtual().name("recovery").start(() -> submitAll(waiting));
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  Component taskState() {
    return guard.state();
  }

  @Override
  public void close() {
    stopping.countDown();
  }

  private void submitAll(List<Frame> waiting) {
    List<Frame> suspects = waiting.stream().filter(frame -> frame.tries() == 1).toList();
    try {
      for (Frame frame : waiting) {
        if (frame.tries() != 1) {
          submit(frame);
        }
      }
      if (!suspects.isEmpty() && !stopping.await(PAUSE_BEFORE_SUSPECTS.toMillis(), TimeUnit.MILLISECONDS)) {
        for (Frame frame : suspects) {
          submit(frame);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that cannot be submitted keeps no other waiting; the next start takes it up. */
  private void submit(Frame frame) throws InterruptedException {
    boolean _ = guard.round(() -> {
      try (var place = intake.reserve(frame.cameraId())) {
        place.submit(new FrameTask(frame));
      }
    });
  }
}
