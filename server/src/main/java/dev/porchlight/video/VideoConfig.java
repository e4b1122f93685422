package dev.porchlight.video;

import dev.porchlight.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How video is read.
 *
 * @param ffmpeg       {@code video.ffmpeg}: the program; null for the one on the {@code PATH}
 * @param maxWidth     {@code video.max-width}: wider pictures are reduced to it, in pixels
 * @param stallAfter   {@code video.stall-after}: a stream without a picture for so long is started anew
 * @param answerWithin {@code video.answer-within}: how long a stream may take for its first picture
 * @param fps          {@code camera.fps}: pictures per second, for cameras that have no number of their own
 * @param sensitivity  {@code camera.sensitivity}: of the motion gate, 0 (off) to 1, for cameras that have none of their own
 * @param data         the data folder, absolute
 */
public record VideoConfig(@Nullable Path ffmpeg, int maxWidth, Duration stallAfter, Duration answerWithin, double fps,
    double sensitivity, Path data) {
  public VideoConfig {
    data = data.toAbsolutePath().normalize();
  }

  /** Reads the settings; pictures are kept below {@code dataFolder}. */
  public static VideoConfig read(Settings settings, Path dataFolder) {
    return new VideoConfig(settings.path("video.ffmpeg", null), settings.integer("video.max-width", 1920, 160, 7680),
        settings.duration("video.stall-after", Duration.ofSeconds(15), Duration.ofMillis(500), Duration.ofHours(1)),
        settings.duration("video.answer-within", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMinutes(5)),
        settings.number("camera.fps", 2, 0.05, 30), settings.number("camera.sensitivity", 0.7, 0, 1), dataFolder);
  }

  /** Where pictures of streams are kept: {@code streams/<camera>/<date>/<time>.jpg}. */
  Path streams() {
    return data.resolve("streams");
  }

  /** Where pictures of video files are kept: {@code clips/<camera>/<clip>/<position>.jpg}. */
  Path clips() {
    return data.resolve("clips");
  }
}
