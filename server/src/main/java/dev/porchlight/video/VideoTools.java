package dev.porchlight.video;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/** What everything that reads video shares: where ffmpeg is, and who encodes. Thread-safe. */
public final class VideoTools {
  private final VideoConfig config;
  private final FfmpegFinder ffmpeg;
  private final JpegEncoder encoder = new JpegEncoder();
  private final AtomicReference<String> lastTrouble = new AtomicReference<>("");

  /** Makes the tools; looks for nothing yet. */
  public VideoTools(VideoConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.ffmpeg = new FfmpegFinder(config, System.getenv("PATH"), nanoTime);
  }

  VideoConfig config() {
    return config;
  }

  FfmpegFinder ffmpeg() {
    return ffmpeg;
  }

  JpegEncoder encoder() {
    return encoder;
  }

  /** True the first time that this is wrong, so that it is said once and not for each file. */
  boolean isNewTrouble(String what) {
    return !what.equals(lastTrouble.getAndSet(what));
  }

  /** Whether video can be read, as far as anybody has tried. */
  public Component status() {
    return ffmpeg.trouble()
        .map(trouble -> new Component(Status.DEGRADED, trouble))
        .orElseGet(() -> new Component(Status.OK, "ffmpeg is there, or nothing has needed it yet"));
  }
}
