package dev.porchlight.detection;

import dev.porchlight.config.Settings;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which model looks, and how it is to be understood.
 *
 * @param file      {@code detection.model}: an ONNX file; null for the default model
 * @param family    {@code detection.family}; null to see by its tensors
 * @param labels    {@code detection.labels}: a file with the name of a class on each line, {@code coco-80} or
 *                  {@code coco-91}; null for what the model says itself, or COCO
 * @param inputSize {@code detection.input-size}, for models that leave it open; null for what the model says itself
 */
record ModelChoice(@Nullable Path file, @Nullable Family family, @Nullable String labels,
    @Nullable InputSize inputSize) {
  private static final String AUTO = "auto";

  static ModelChoice read(Settings settings) {
    return new ModelChoice(settings.path("detection.model", null), family(settings),
        settings.text("detection.labels", null), inputSize(settings));
  }

  private static @Nullable Family family(Settings settings) {
    String name = settings.text("detection.family", AUTO);
    Family family = name == null ? null : Family.named(name);
    if (family == null && !AUTO.equals(name)) {
      settings.mistake("detection.family must be " + AUTO + ", "
          + Family.ALL.stream().map(Family::key).collect(Collectors.joining(", ")) + ", not " + name);
    }
    return family;
  }

  private static @Nullable InputSize inputSize(Settings settings) {
    String text = settings.text("detection.input-size", null);
    InputSize size = text == null ? null : InputSize.parse(text);
    if (text != null && size == null) {
      settings.mistake("detection.input-size must be pixels such as 640, or 640x384 (across, down), from "
          + InputSize.LEAST + " to " + InputSize.MOST + ", not " + text);
    }
    return size;
  }

  /** As people call it. */
  String name() {
    return file == null ? "the default model" : String.valueOf(file.getFileName());
  }
}
