package dev.porchlight.camera;

import dev.porchlight.domain.CameraState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of cameras: which are online, and how often each came and went. Thread-safe. */
final class CameraMeters {
  private static final String ONLINE = "porchlight.camera.online";

  private final MeterRegistry meters;
  private final Map<String, AtomicInteger> online = new ConcurrentHashMap<>();

  CameraMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Says how a camera is, without its having changed. */
  void is(String cameraId, CameraState state) {
    online.computeIfAbsent(cameraId, this::gauge).set(state == CameraState.ONLINE ? 1 : 0);
  }

  void changed(String cameraId, CameraState state) {
    is(cameraId, state);
    meters.counter("porchlight.camera.changes", "camera", cameraId, "status", state.wireName()).increment();
  }

  /** Says nothing more of a camera that is no more. */
  void forget(String cameraId) {
    if (online.remove(cameraId) != null) {
      Gauge gauge = meters.find(ONLINE).tag("camera", cameraId).gauge();
      if (gauge != null) {
        var _ = meters.remove(gauge);
      }
    }
  }

  private AtomicInteger gauge(String cameraId) {
    var value = new AtomicInteger();
    Gauge.builder(ONLINE, value, AtomicInteger::get)
        .description("1 while a camera shows signs of life, else 0")
        .tag("camera", cameraId)
        .strongReference(true)
        .register(meters);
    return value;
  }
}
