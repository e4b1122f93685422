package dev.porchlight.detection;

/** Opens the detector that the settings ask for. */
public final class Detectors {
  private Detectors() {}

  /**
   * A model inside this process, or a detector elsewhere, which need not be up.
   *
   * @throws dev.porchlight.config.ConfigException when the model cannot be used
   * @throws DetectorException                     when ONNX Runtime cannot be had, or the default model cannot be loaded
   */
  public static Detector open(DetectionConfig config) {
    return config.remote() == null
        ? OnnxDetector.open(config)
        : RemoteDetector.open(config.remote(), config.threshold());
  }
}
