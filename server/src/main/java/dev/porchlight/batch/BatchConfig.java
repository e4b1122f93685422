package dev.porchlight.batch;

import dev.porchlight.config.Settings;
import java.time.Duration;

/**
 * When detections belong together.
 *
 * @param window longest time between the first detection of a batch and a frame that still belongs to it
 * @param idle   longest silence within a batch
 * @param fast   a person seen with this confidence, 0 to 1, is judged at once, and again at the end of the batch; above 1
 *               nobody is
 */
public record BatchConfig(Duration window, Duration idle, double fast) {
  private static final double NEVER = 2;

  /** Batches that are judged at their end. */
  public BatchConfig(Duration window, Duration idle) {
    this(window, idle, NEVER);
  }

  /** Reads {@code batch.window}, {@code batch.idle}, {@code batch.fast-path} and {@code batch.fast-path-confidence}. */
  public static BatchConfig read(Settings settings) {
    Duration least = Duration.ofMillis(10);
    return new BatchConfig(settings.duration("batch.window", Duration.ofSeconds(90), least, Duration.ofDays(1)),
        settings.duration("batch.idle", Duration.ofSeconds(30), least, Duration.ofDays(1)), fast(settings));
  }

  private static double fast(Settings settings) {
    double confidence = settings.number("batch.fast-path-confidence", 0.9, 0, 1);
    return settings.flag("batch.fast-path", true) ? confidence : NEVER;
  }
}
