package dev.porchlight.video;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.store.FrameLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What everything that reads video shares: where ffmpeg is, who encodes, and who cleans up. Thread-safe. */
public final class VideoTools implements AutoCloseable {
  private static final Duration STOP = Duration.ofSeconds(2);

  private final VideoConfig config;
  private final FfmpegFinder ffmpeg;
  private final JpegEncoder encoder = new JpegEncoder();
  private volatile @Nullable Thread sweeper;
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

  /**
   * Begins to delete, in the background, what an earlier server has left of pictures in which nothing was found.
   *
   * @param isUnderWay true for the folder of a clip that is being read: its pictures are there to be known again
   * @param before     what came later is not looked at
   */
  public void sweep(FrameLedger ledger, Predicate<Path> isUnderWay, Instant before) {
    sweeper = Thread.ofPlatform().name("video-sweep").daemon().start(() -> {
      new Sweep(ledger, before, _ -> false).run(config.streams());
      new Sweep(ledger, before, isUnderWay).run(config.clips());
    });
  }

  /** Ends the sweep; the next start begins another. */
  @Override
  public void close() {
    Thread running = sweeper;
    if (running != null) {
      running.interrupt();
      try {
        running.join(STOP);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether video can be read, as far as anybody has tried. */
  public Component status() {
    return ffmpeg.trouble()
        .map(trouble -> new Component(Status.DEGRADED, trouble))
        .orElseGet(() -> new Component(Status.OK, "ffmpeg is there, or nothing has needed it yet"));
  }
}
