package dev.porchlight.domain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people have said about a camera; what is null follows the settings of the server.
 *
 * @param source       the stream that is pulled from it; null when it hands in pictures by itself
 * @param fps          pictures per second to take from its stream, above 0 to {@value #MOST_FPS}; null for
 *                     {@code camera.fps}
 * @param sensitivity  of the motion gate, 0 (off: every picture is looked at) to 1; null for the gate's own
 * @param areas        what happens there is ignored
 * @param enabled      false when nothing is to be taken from it
 * @param offlineAfter how long it may be silent; null for {@code camera.offline-after} and its kin
 * @param scene        what it sees
 */
public record CameraSettings(@Nullable CameraSource source, @Nullable Double fps, @Nullable Double sensitivity,
    List<Area> areas, boolean enabled, @Nullable Duration offlineAfter, CameraScene scene) {
  /** What holds for a camera of which nobody has said anything. */
  public static final CameraSettings STANDARD = new CameraSettings(null, null, null, List.of(), true, null,
      CameraScene.UNKNOWN);

  /** More is no use for who comes and goes, and costs a core for each camera. */
  public static final double MOST_FPS = 30;

  /** The most areas of a camera: each is looked at for each thing found. */
  public static final int MOST_AREAS = 32;

  public CameraSettings {
    areas = List.copyOf(areas);
    if (fps != null && !(fps > 0 && fps <= MOST_FPS)) {
      throw new IllegalArgumentException("pictures per second are above 0 and at most " + MOST_FPS + ": " + fps);
    }
    if (sensitivity != null && !(sensitivity >= 0 && sensitivity <= 1)) {
      throw new IllegalArgumentException("a sensitivity lies between 0 and 1: " + sensitivity);
    }
    if (areas.size() > MOST_AREAS) {
      throw new IllegalArgumentException("a camera has at most " + MOST_AREAS + " areas, not " + areas.size());
    }
    if (offlineAfter != null && (offlineAfter.isNegative() || offlineAfter.isZero())) {
      throw new IllegalArgumentException("the silence allowed is longer than nothing: " + offlineAfter);
    }
  }

  /** True when a point of the picture, in fractions of its sides, lies in an area to ignore. */
  public boolean ignores(double x, double y) {
    return areas.stream().anyMatch(area -> area.contains(x, y));
  }

  /** These settings with another source. */
  public CameraSettings withSource(@Nullable CameraSource other) {
    return new CameraSettings(other, fps, sensitivity, areas, enabled, offlineAfter, scene);
  }

  /** These settings with other areas. */
  public CameraSettings withAreas(List<Area> others) {
    return new CameraSettings(source, fps, sensitivity, others, enabled, offlineAfter, scene);
  }

  /** These settings, enabled or not. */
  public CameraSettings withEnabled(boolean other) {
    return new CameraSettings(source, fps, sensitivity, areas, other, offlineAfter, scene);
  }

  /** These settings with another silence allowed. */
  public CameraSettings withOfflineAfter(@Nullable Duration other) {
    return new CameraSettings(source, fps, sensitivity, areas, enabled, other, scene);
  }

  /** These settings with another scene. */
  public CameraSettings withScene(CameraScene other) {
    return new CameraSettings(source, fps, sensitivity, areas, enabled, offlineAfter, other);
  }
}
