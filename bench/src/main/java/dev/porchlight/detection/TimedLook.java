package dev.porchlight.detection;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.porchlight.domain.DetectedObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Looks at pictures as the detection stage does, through the same classes, and times each part. In the package of what it
 * measures, which nobody else may see. Confined to one thread.
 */
public final class TimedLook implements AutoCloseable {
  private final PictureMemory memory = new PictureMemory();
  private final PictureReader reader = new PictureReader(memory);
  private final DeviceSession session;
  private final Lane lane;
  private final Sight sight;

  private TimedLook(DeviceSession session, Lane lane, Sight sight) {
    this.session = session;
    this.lane = lane;
    this.sight = sight;
  }

  /**
   * Loads the model.
   *
   * @throws DetectorException when that cannot be done
   */
  public static TimedLook open(DetectionConfig config) {
    try {
      var environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "porchlight");
      var session = DeviceSession.open(environment, config.model().file(), config.device(), config.threads());
      ModelFacts facts = ModelFacts.of(session.session());
      ModelPlan plan = ModelProbe.plan(environment, session.session(), facts, config);
      return new TimedLook(session, new Lane(environment, session.session(), facts, plan),
          plan.input().size().sight());
    } catch (OrtException e) {
      throw new DetectorException("the model cannot be loaded", e);
    }
  }

  /**
   * Looks once.
   *
   * @throws PictureException  when the file holds no picture
   * @throws DetectorException when the model fails
   */
  public TimedPicture at(Path file) throws IOException, InterruptedException {
    long began = System.nanoTime();
    try (var bytes = PictureBytes.read(file, memory)) {
      String sha256 = bytes.sha256();
      long read = System.nanoTime();
      try (Picture picture = reader.decode(bytes, sight)) {
        long decoded = System.nanoTime();
        Placement placement = lane.place(picture);
        long placed = System.nanoTime();
        lane.infer();
        long inferred = System.nanoTime();
        List<DetectedObject> objects = Suppression.best(lane.candidates(placement))
            .stream()
            .map(candidate -> candidate.in(picture.width(), picture.height()))
            .toList();
        long done = System.nanoTime();
        return new TimedPicture(sha256, bytes.bytes().length, objects, Duration.ofNanos(read - began),
            Duration.ofNanos(decoded - read), Duration.ofNanos(placed - decoded), Duration.ofNanos(inferred - placed),
            Duration.ofNanos(done - inferred));
      }
    } catch (OrtException e) {
      throw new DetectorException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    lane.close();
    try {
      session.session().close();
    } catch (OrtException e) {
      throw new DetectorException("ONNX Runtime cannot close its session", e);
    }
  }
}
