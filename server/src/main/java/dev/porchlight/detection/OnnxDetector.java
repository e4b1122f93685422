package dev.porchlight.detection;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.porchlight.config.ConfigException;
import dev.porchlight.domain.DetectedObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/** Runs an SSD model by ONNX Runtime inside this process. Thread-safe. */
public final class OnnxDetector implements Detector {
  private static final String DEFAULT_MODEL = "ssdlite-mobilenet-v2.onnx";

  private final OrtSession session;
  private final List<SsdLane> lanes;
  private final BlockingQueue<SsdLane> free;

  private OnnxDetector(OrtSession session, List<SsdLane> lanes) {
    this.session = session;
    this.lanes = List.copyOf(lanes);
    this.free = new ArrayBlockingQueue<>(lanes.size(), false, lanes);
  }

  /**
   * Loads the model and runs it once per worker, so that no picture pays for that.
   *
   * @throws ConfigException   when {@code detection.model} is not a model of the default model's family
   * @throws DetectorException when ONNX Runtime cannot be had, or the default model cannot be loaded
   */
  public static OnnxDetector open(DetectionConfig config) {
    Path file = config.model();
    if (file != null && !Files.isReadable(file)) {
      throw refused(file, "there is no such file, or it may not be read");
    }
    try {
      var environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "porchlight");
      return load(environment, config);
    } catch (OrtException e) {
      if (file != null) {
        throw refused(file, "ONNX Runtime says: " + e.getMessage());
      }
      throw new DetectorException("the default model cannot be loaded", e);
    } catch (LinkageError e) {
      throw new DetectorException("ONNX Runtime's native library cannot be loaded", e);
    }
  }

  private static OnnxDetector load(OrtEnvironment environment, DetectionConfig config) throws OrtException {
    var session = session(environment, config);
    var lanes = new ArrayList<SsdLane>();
    try {
      check(config.model(), SsdTensors.mistakes(session));
      var decoder = new SsdDecoder(config.threshold());
      for (int i = 0; i < config.workers(); i++) {
        lanes.add(new SsdLane(environment, session, decoder));
      }
      for (SsdLane lane : lanes) {
        check(config.model(), lane.warmUp() ? List.of() : List.of("what it answers are no numbers"));
      }
      return new OnnxDetector(session, lanes);
    } catch (Throwable t) {
      lanes.forEach(SsdLane::close);
      session.close();
      throw t;
    }
  }

  private static OrtSession session(OrtEnvironment environment, DetectionConfig config) throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(config.threads());
      // Threads that spin while they wait for the next picture cost a processor for nothing.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      Path file = config.model();
      return file == null
          ? environment.createSession(defaultModel(), options)
          : environment.createSession(file.toString(), options);
    }
  }

  private static byte[] defaultModel() {
    try (InputStream in = OnnxDetector.class.getResourceAsStream(DEFAULT_MODEL)) {
      if (in == null) {
        throw new IllegalStateException("the default model is missing from this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the default model", e);
    }
  }

  private static void check(@Nullable Path file, List<String> mistakes) {
    if (!mistakes.isEmpty()) {
      String all = "it is no model of the default model's family: " + String.join("; ", mistakes);
      if (file == null) {
        throw new IllegalStateException("the default model is not what this build expects: " + all);
      }
      throw refused(file, all);
    }
  }

  private static ConfigException refused(Path file, String why) {
    return new ConfigException(List.of("detection.model: " + file + ": " + why));
  }

  @Override
  public List<DetectedObject> detect(Picture picture) {
    SsdLane lane = takeLane();
    try {
      List<Candidate> best = Suppression.best(lane.look(picture));
      return best.stream().map(c -> c.in(picture.width(), picture.height())).toList();
    } catch (OrtException e) {
      throw new DetectorException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      free.add(lane);
    }
  }

  private SsdLane takeLane() {
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectorException("interrupted while waiting for another picture", e);
    }
  }

  @Override
  public void close() {
    lanes.forEach(SsdLane::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new DetectorException("ONNX Runtime cannot close its session", e);
    }
  }
}
