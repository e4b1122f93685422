package dev.porchlight.detection;

import dev.porchlight.config.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of detection.
 *
 * @param model     {@code detection.model}: an ONNX file of the default model's family, or null for the default model
 * @param threshold {@code detection.threshold}: the least confidence that counts
 * @param workers   {@code detection.workers}: how many pictures are looked at at the same time
 */
public record DetectionConfig(@Nullable Path model, double threshold, int workers) {
  private static final int MAX_WORKERS = 16;
  /** Beyond this the default model gains nothing from another thread. */
  private static final int MAX_THREADS = 4;

  /** Reads the settings. */
  public static DetectionConfig read(Settings settings) {
    int workers = Runtime.getRuntime().availableProcessors() >= 4 ? 2 : 1;
    return new DetectionConfig(settings.path("detection.model", null),
        settings.number("detection.threshold", 0.5, 0.05, 0.99),
        settings.integer("detection.workers", workers, 1, MAX_WORKERS));
  }

  /** The same, but for the least confidence; for measurements, also below what the setting allows. */
  public DetectionConfig withThreshold(double least) {
    return new DetectionConfig(model, least, workers);
  }

  /** How many threads each inference may use, so that all workers together do not fight for processors. */
  int threads() {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / workers, 1, MAX_THREADS);
  }
}
