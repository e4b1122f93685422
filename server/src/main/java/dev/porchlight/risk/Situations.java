package dev.porchlight.risk;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Visit;
import dev.porchlight.store.BatchStore;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.PastEvents;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Gathers what there is to know of a batch. Thread-safe; blocks. */
final class Situations {
  private final BatchStore batches;
  private final CameraStore cameras;
  private final PastEvents past;
  private final Function<List<Detection>, List<Visit>> visits;
  private final Home home;
  private final String household;

  /**
   * Reads from these stores.
   *
   * @param visits follows the objects of a batch through its frames
   */
  Situations(BatchStore batches, CameraStore cameras, PastEvents past, Function<List<Detection>, List<Visit>> visits,
      HomeConfig home) {
    this.batches = batches;
    this.cameras = cameras;
    this.past = past;
    this.visits = visits;
    this.home = new Home(home);
    this.household = home.household();
  }

  /** The situation that a batch is. A camera that was deleted meanwhile is one of which nothing is known. */
  Situation of(Batch batch, boolean isOver) {
    List<Detection> detections = batches.detections(batch.id());
    Camera camera = cameras.find(batch.cameraId())
        .orElseGet(() -> Camera.made(batch.cameraId(), batch.cameraId(), CameraSettings.STANDARD, batch.firstAt()));
    HomeTime time = home.at(batch.firstAt());
    var situation = new Situation(batch, isOver, camera, detections, visits.apply(detections), time, Routine.UNKNOWN,
        household);
    return situation.with(routine(camera, situation.subject(), time));
  }

  private Routine routine(Camera camera, ObjectGroup subject, HomeTime time) {
    Instant now = time.local().toInstant();
    Instant since = Routine.since(time.local());
    return Routine.of(past.ofCamera(camera.id(), since, now, Routine.MOST_EVENTS), subject, time.local(),
        camera.createdAt());
  }
}
