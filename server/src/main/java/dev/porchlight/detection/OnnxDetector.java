package dev.porchlight.detection;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.porchlight.config.ConfigException;
import dev.porchlight.domain.DetectedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Runs a model by ONNX Runtime inside this process. Thread-safe. */
public final class OnnxDetector implements Detector {
  private final DeviceSession session;
  private final List<Lane> lanes;
  private final BlockingQueue<Lane> free;
  private final Sight sight;
  private final String description;

  private OnnxDetector(DeviceSession session, List<Lane> lanes, Sight sight, String description) {
    this.session = session;
    this.lanes = List.copyOf(lanes);
    this.free = new ArrayBlockingQueue<>(lanes.size(), false, lanes);
    this.sight = sight;
    this.description = description;
  }

  /**
   * Loads the model and runs it once per worker, so that no picture pays for that.
   *
   * @throws ConfigException   when {@code detection.model} is no model that can be used
   * @throws DetectorException when ONNX Runtime cannot be had, or the default model cannot be loaded
   */
  public static OnnxDetector open(DetectionConfig config) {
    Path file = config.model().file();
    if (file != null && !Files.isReadable(file)) {
      throw refused(file, "there is no such file, or it may not be read");
    }
    try {
      var environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "porchlight");
      return load(environment, config);
    } catch (ModelException e) {
      if (file != null) {
        throw refused(file, String.valueOf(e.getMessage()));
      }
      // Whoever misreads the default model has set something that does not go with it.
      throw new ConfigException(List.of("detection: the default model cannot be used so: " + e.getMessage()));
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
    var session = DeviceSession.open(environment, config.model().file(), config.device(), config.threads());
    var lanes = new ArrayList<Lane>();
    try {
      ModelFacts facts = ModelFacts.of(session.session());
      ModelPlan plan = ModelProbe.plan(environment, session.session(), facts, config);
      for (int i = 0; i < config.workers(); i++) {
        lanes.add(new Lane(environment, session.session(), facts, plan));
      }
      for (Lane lane : lanes) {
        if (!lane.warmUp()) {
          throw new ModelException("what it answers are no numbers");
        }
      }
      return new OnnxDetector(session, lanes, plan.input().size().sight(), describe(config, plan, session.device()));
    } catch (Throwable t) {
      lanes.forEach(Lane::close);
      session.session().close();
      throw t;
    }
  }

  private static String describe(DetectionConfig config, ModelPlan plan, Device device) {
    return config.model().name() + " (" + plan.family().key() + ", " + plan.input().size() + ") on " + device.key()
        + ", " + config.workers() + (config.workers() == 1 ? " worker of " : " workers of ") + config.threads()
        + (config.threads() == 1 ? " thread" : " threads");
  }

  private static ConfigException refused(Path file, String why) {
    return new ConfigException(List.of("detection.model: " + file + ": " + why));
  }

  @Override
  public List<DetectedObject> detect(Picture picture) {
    Lane lane = takeLane();
    try {
      List<Candidate> best = Suppression.best(lane.look(picture));
      return best.stream().map(c -> c.in(picture.width(), picture.height())).toList();
    } catch (OrtException e) {
      throw new DetectorException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      free.add(lane);
    }
  }

  private Lane takeLane() {
    try {
      return free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectorException("interrupted while waiting for another picture", e);
    }
  }

  @Override
  public Sight sight() {
    return sight;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    lanes.forEach(Lane::close);
    try {
      session.session().close();
    } catch (OrtException e) {
      throw new DetectorException("ONNX Runtime cannot close its session", e);
    }
  }
}
