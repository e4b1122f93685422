package dev.porchlight.detection;

import dev.porchlight.config.Settings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of detection.
 *
 * @param model     which model looks
 * @param threshold {@code detection.threshold}: the least confidence that counts
 * @param workers   {@code detection.workers}: how many pictures are looked at at the same time
 * @param threads   {@code detection.threads}: how many threads each of them may use, on the processor
 * @param device    {@code detection.device}: what the model runs on; null for the best of this machine
 * @param remote    a detector elsewhere that looks instead; null when the model does
 */
public record DetectionConfig(ModelChoice model, double threshold, int workers, int threads, @Nullable Device device,
    @Nullable RemoteConfig remote) {
  private static final int MAX_WORKERS = 16;
  private static final int MAX_THREADS = 64;
  /** Beyond this the default model gains nothing from another thread. */
  private static final int USEFUL_THREADS = 4;

  /**
   * A model on the processor, with what the machine suggests for the rest.
   *
   * @param model an ONNX file; null for the default model
   */
  public DetectionConfig(@Nullable Path model, double threshold, int workers) {
    this(new ModelChoice(model, null, null, null), threshold, workers, usualThreads(workers), Device.CPU, null);
  }

  /** Reads the settings. */
  public static DetectionConfig read(Settings settings) {
    var model = ModelChoice.read(settings);
    var remote = RemoteConfig.read(settings);
    if (model.file() != null && remote != null) {
      settings.mistake(
          "detection.url and detection.model cannot both be set: either a detector elsewhere looks, or a model "
              + "does here");
    }
    double threshold = settings.number("detection.threshold", 0.5, 0.05, 0.99);
    int workers = settings.integer("detection.workers", usualWorkers(), 1, MAX_WORKERS);
    int threads = settings.integer("detection.threads", usualThreads(workers), 1, MAX_THREADS);
    return new DetectionConfig(model, threshold, workers, threads, device(settings), remote);
  }

  /**
   * On two processors one worker with two threads saw 17.5 pictures of 1280x720 a second, two workers with one thread each
   * 19.3, which is within the noise; alone a picture took 43 ms and 50 ms, and each worker holds its own tensors.
   */
  private static int usualWorkers() {
    return Runtime.getRuntime().availableProcessors() >= 4 ? 2 : 1;
  }

  /** So many that all workers together do not fight for processors. */
  private static int usualThreads(int workers) {
    return Math.clamp(Runtime.getRuntime().availableProcessors() / workers, 1, USEFUL_THREADS);
  }

  private static @Nullable Device device(Settings settings) {
    String name = settings.text("detection.device", Device.AUTO);
    Device device = name == null ? null : Device.named(name);
    if (device == null && !Device.AUTO.equals(name)) {
      settings.mistake("detection.device must be one of " + Device.names() + ", not " + name);
    }
    return device;
  }
}
