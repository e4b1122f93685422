package dev.porchlight.pipeline;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of a {@link FrameQueue}: its depth, in all and by camera, and the age of what waits longest. */
public final class QueueMeters {
  private final FrameQueue queue;
  private final MeterRegistry meters;
  private final Set<String> cameras = ConcurrentHashMap.newKeySet();

  /** Counts a queue. */
  public QueueMeters(FrameQueue queue, MeterRegistry meters) {
    this.queue = queue;
    this.meters = meters;
    Gauge.builder("porchlight.queue.depth", queue, FrameQueue::size)
        .description("Pictures that wait to be looked at")
        .register(meters);
    Gauge.builder("porchlight.queue.oldest.seconds", queue, counted -> counted.oldestAge().toMillis() / 1000.0)
        .description("For how long the picture that came first has been waiting")
        .register(meters);
  }

  /** Counts what waits of this camera too, from here on. */
  public void count(String cameraId) {
    if (cameras.add(cameraId)) {
      Gauge.builder("porchlight.queue.camera.depth", queue, counted -> counted.size(cameraId))
          .description("Pictures of a camera that wait to be looked at")
          .tag("camera", cameraId)
          .register(meters);
    }
  }

  /** Counts a camera that is no more no longer. */
  public void forget(String cameraId) {
    if (cameras.remove(cameraId)) {
      var gauge = meters.find("porchlight.queue.camera.depth").tag("camera", cameraId).gauge();
      if (gauge != null) {
        var _ = meters.remove(gauge);
      }
    }
  }
}
