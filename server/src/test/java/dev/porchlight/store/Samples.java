package dev.porchlight.store;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Things to store. */
final class Samples {
  static final String CAMERA = "cam-123";
  static final String OTHER_CAMERA = "cam-456";
  static final Instant NOON = Instant.parse("2025-12-23T12:00:00Z");
  static final DetectedObject PERSON = new DetectedObject("person", 0.95, new Box(100, 150, 200, 400));
  static final DetectedObject DOG = new DetectedObject("dog", 0.5, new Box(0, 1, 2, 3));
  static final Verdict VERDICT = new Verdict(75, "Person detected at front door", "Analysis text...", "rules");

  static final Judgement JUDGEMENT = judgement(VERDICT, RiskLevel.HIGH);

  private Samples() {}

  /** What rules say at the end of a batch. */
  static Judgement judgement(Verdict verdict, RiskLevel level) {
    return new Judgement(verdict, level, ObjectGroup.PERSON,
        List.of(Analysis.silent(verdict.analyst(), NOON, Duration.ofMillis(3))), true, false);
  }

  /** A picture of its own for each number, which arrives as many seconds after noon. */
  static Arrival arrival(String cameraId, int number) {
    return arrival(cameraId, number, sha256(number));
  }

  static Arrival arrival(String cameraId, int number, String sha256) {
    var at = NOON.plusSeconds(number);
    return new Arrival(cameraId, FrameSource.FOLDER, Path.of("/pictures", cameraId, number + ".jpg"), 1_000 + number,
        at, sha256, at, at);
  }

  static String sha256(int number) {
    return "%064x".formatted(number);
  }

  static FileVersion version(Arrival arrival) {
    return new FileVersion(arrival.path(), arrival.size(), arrival.modifiedAt());
  }

  /** Makes both cameras known. */
  static void ensureCameras(Stores stores) {
    stores.cameras().ensure(CAMERA, NOON);
    stores.cameras().ensure(OTHER_CAMERA, NOON);
  }

  static Frame take(Stores stores, Arrival arrival) {
    return Objects.requireNonNull(stores.frames().take(arrival));
  }

  static Frame take(Stores stores, int number) {
    return take(stores, arrival(CAMERA, number));
  }

  /** Takes a picture with one person in it and completes it; returns the batch it joined. */
  static long complete(Stores stores, Arrival arrival, @Nullable Long closes, @Nullable Long joins) {
    var completion = stores.frames().complete(take(stores, arrival), List.of(PERSON), closes, joins);
    return Objects.requireNonNull(completion.batchId());
  }

  static long complete(Stores stores, int number, @Nullable Long closes, @Nullable Long joins) {
    return complete(stores, arrival(CAMERA, number), closes, joins);
  }

  /** A closed batch with one person. */
  static Batch closedBatch(Stores stores, String cameraId, int number) {
    long id = complete(stores, arrival(cameraId, number), null, null);
    stores.batches().close(id);
    return stores.batches().find(id).orElseThrow();
  }
}
