package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.DetectedObject;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people have said of a camera, as far as it concerns what is found in its pictures: whether it is still there, and
 * where nothing counts. Thread-safe.
 */
public final class CameraRules {
  private final Function<String, @Nullable CameraSettings> settings;
  private final MeterRegistry meters;

  /**
   * Rules by camera.
   *
   * @param settings what is said of a camera; null when there is none of this id. It is asked for each picture and must not
   *                 block
   */
  public CameraRules(Function<String, @Nullable CameraSettings> settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
  }

  /** True when there is no such camera any more. */
  boolean isGone(String cameraId) {
    return settings.apply(cameraId) == null;
  }

  /**
   * What counts of what was found: all but the objects whose foot, the middle of the lower edge of the box, stands in an
   * area to ignore.
   *
   * @param width of the picture as displayed, in pixels; {@code height} likewise
   */
  List<DetectedObject> kept(String cameraId, List<DetectedObject> found, int width, int height) {
    CameraSettings camera = settings.apply(cameraId);
    if (camera == null || camera.areas().isEmpty() || found.isEmpty()) {
      return found;
    }
    List<DetectedObject> kept = found.stream().filter(object -> !ignores(camera, object.box(), width, height)).toList();
    if (kept.size() < found.size()) {
      meters.counter("porchlight.detections.ignored", "camera", cameraId).increment(found.size() - kept.size());
    }
    return kept;
  }

  private static boolean ignores(CameraSettings camera, Box box, int width, int height) {
    double x = (box.x() + box.width() / 2.0) / width;
    double y = (double) (box.y() + box.height()) / height;
    // A box may reach over the edge by a rounding; its foot is then on the edge.
    return camera.ignores(Math.min(1, x), Math.min(1, y));
  }
}
