package dev.porchlight.batch;

import dev.porchlight.config.Settings;
import java.time.Duration;

/**
 * When detections belong together.
 *
 * @param window longest time between the first detection of a batch and a frame that still belongs to it
 * @param idle   longest silence within a batch
 */
public record BatchConfig(Duration window, Duration idle) {
  /** Reads {@code batch.window} and {@code batch.idle}. */
  public static BatchConfig read(Settings settings) {
    Duration least = Duration.ofMillis(10);
    return new BatchConfig(settings.duration("batch.window", Duration.ofSeconds(90), least, Duration.ofDays(1)),
        settings.duration("batch.idle", Duration.ofSeconds(30), least, Duration.ofDays(1)));
  }
}
