package dev.porchlight.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of trying a {@link CameraSource}. */
public sealed interface SourceCheck {
  /**
   * It shows something.
   *
   * @param width  of its pictures, in pixels; {@code height} likewise
   * @param codec  as ffmpeg calls it: {@code h264}, {@code hevc}, {@code mjpeg}
   * @param fps    pictures per second; null when it does not say
   * @param took   until its first picture was there
   */
  record Saw(int width, int height, String codec, @Nullable Double fps, Duration took) implements SourceCheck {}

  /**
   * It shows nothing.
   *
   * @param reason one line for people, without any password
   * @param took   until that was known
   */
  record Failed(String reason, Duration took) implements SourceCheck {}
}
