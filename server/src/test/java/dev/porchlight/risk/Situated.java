package dev.porchlight.risk;

import dev.porchlight.batch.Visits;
import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Movement;
import dev.porchlight.domain.SceneKind;
import dev.porchlight.domain.Visit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes situations: objects that are each seen once a second while they are there. */
final class Situated {
  private static final ZoneId HOME = ZoneId.of("Europe/Berlin");

  private final List<Visit> visits = new ArrayList<>();
  private final Instant start;
  private String name = "Front door";
  private CameraScene scene = CameraScene.UNKNOWN;
  private Routine routine = Routine.UNKNOWN;
  private Daylight daylight = Daylight.DAY;
  private String household = "";
  private long ids;

  private Situated(Instant start) {
    this.start = start;
  }

  /** At this hour of a day in spring; between 7 and 19 it is light. */
  static Situated at(int hour) {
    Instant start = Instant.parse("2026-03-18T00:00:00Z").atZone(HOME).withHour(hour).toInstant();
    var made = new Situated(start);
    made.daylight = hour >= 7 && hour < 19 ? Daylight.DAY : Daylight.NIGHT;
    return made;
  }

  Situated light(Daylight other) {
    daylight = other;
    return this;
  }

  Situated camera(String other) {
    name = other;
    return this;
  }

  Situated scene(@Nullable SceneKind kind) {
    scene = new CameraScene(scene.place(), kind, scene.normal());
    return this;
  }

  Situated place(String place) {
    scene = new CameraScene(place, scene.kind(), scene.normal());
    return this;
  }

  Situated normal(String text) {
    scene = new CameraScene(scene.place(), scene.kind(), text);
    return this;
  }

  Situated household(String text) {
    household = text;
    return this;
  }

  Situated routine(Routine other) {
    routine = other;
    return this;
  }

  /** So many of a type, from the beginning on, for so many seconds. */
  Situated sees(int count, String type, int seconds, Movement movement) {
    return sees(count, type, seconds, movement, 0.85);
  }

  Situated sees(int count, String type, int seconds, Movement movement, double confidence) {
    for (int i = 0; i < count; i++) {
      var sightings = new ArrayList<Detection>();
      for (int second = 0; second <= seconds; second++) {
        sightings.add(new Detection(++ids, "front", type, confidence, start.plusSeconds(second), 100 * i, 10, 60, 180));
      }
      visits.add(new Visit(type, sightings, movement));
    }
    return this;
  }

  /** What a detector has really seen; each second as many seconds after the beginning. */
  Situated seen(String batch) {
    visits.addAll(Visits.of(SeenBatches.of(batch, start)));
    return this;
  }

  Situation made() {
    List<Detection> detections = visits.stream()
        .flatMap(visit -> visit.sightings().stream())
        .sorted((a, b) -> a.detectedAt().compareTo(b.detectedAt()))
        .toList();
    Duration length = Duration.between(detections.getFirst().detectedAt(), detections.getLast().detectedAt());
    Camera camera = Camera.made("front", name, CameraSettings.STANDARD.withScene(scene), start.minusSeconds(3_600));
    return new Situation(new Batch(7, "front", start, start.plus(length)), true, camera, detections, visits,
        new HomeTime(start.atZone(HOME), daylight), routine, household);
  }
}
