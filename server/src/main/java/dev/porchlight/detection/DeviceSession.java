package dev.porchlight.detection;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model and what it runs on, which is the processor when what was asked for cannot be had.
 *
 * @param session to be closed by whoever opened it
 */
record DeviceSession(OrtSession session, Device device) {
  private static final Logger log = LoggerFactory.getLogger(DeviceSession.class);

  /**
   * Loads a model.
   *
   * @param model   its file; null for the default model
   * @param wanted  null for the best of this machine
   * @param threads of each inference on the processor
   * @throws OrtException when it cannot be loaded, whatever it is to run on
   */
  static DeviceSession open(OrtEnvironment environment, @Nullable Path model, @Nullable Device wanted, int threads)
      throws OrtException {
    Set<OrtProvider> built = OrtEnvironment.getAvailableProviders();
    Device device = wanted == null ? Device.best(built) : wanted;
    if (!device.isIn(built)) {
      log.warn("Detection runs on cpu: this build of ONNX Runtime has no {} (it has {})", device.key(), names(built));
      device = Device.CPU;
    }
    if (device != Device.CPU) {
      try {
        return new DeviceSession(session(environment, model, device, threads), device);
      } catch (OrtException e) {
        log.warn("Detection runs on cpu: {} does not work here: {}", device.key(), firstLine(e));
      }
    }
    return new DeviceSession(session(environment, model, Device.CPU, threads), Device.CPU);
  }

  private static OrtSession session(OrtEnvironment environment, @Nullable Path model, Device device, int threads)
      throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      // Threads that spin while they wait for the next picture cost a processor for nothing.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      device.register(options);
      return model == null
          ? environment.createSession(DefaultModel.bytes(), options)
          : environment.createSession(model.toString(), options);
    }
  }

  private static String names(Set<OrtProvider> built) {
    return built.stream().map(OrtProvider::getName).collect(Collectors.joining(", "));
  }

  private static String firstLine(OrtException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
