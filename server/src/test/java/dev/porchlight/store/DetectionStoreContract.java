package dev.porchlight.store;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.DetectionPicture;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.StoredDetection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.DOG;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.PERSON;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link DetectionStore} does. */
abstract class DetectionStoreContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void pagesOfDetectionsOfOneInstantJoinWithoutGapOrRepeat() {
    var objects = Collections.nCopies(11, PERSON);
    var stored = stores().frames().complete(take(stores(), 1), objects, null, null).detections();

    for (int limit = 1; limit <= 12; limit++) {
      assertThat(pages(null, limit)).isEqualTo(stored.reversed());
    }
  }

  @Test
  void theLastPageHasNoNextEvenWhenItIsFull() {
    stores().frames().complete(take(stores(), 1), List.of(PERSON, DOG), null, null);

    assertThat(stores().detections().list(null, null, 2).next()).isNull();
    assertThat(stores().detections().list(null, null, 1).next()).isNotNull();
    assertThat(stores().detections().list(null, 1L, 1)).isEqualTo(new Page<>(List.of(), null));
  }

  @Test
  void theListOfACameraIsItsOwn() {
    for (int i = 0; i < 5; i++) {
      closedBatch(stores(), CAMERA, i);
      closedBatch(stores(), OTHER_CAMERA, i);
    }

    assertThat(pages(CAMERA, 2)).hasSize(5).allMatch(stored -> stored.detection().cameraId().equals(CAMERA));
    assertThat(pages("nobody", 2)).isEmpty();
  }

  @Test
  void aDetectionSaysWhichPictureItIsFrom() {
    var arrival = arrival(CAMERA, 1);
    var frame = take(stores(), arrival);
    stores().frames().complete(frame, List.of(PERSON), null, null);

    var stored = stores().detections().list(null, null, 1).items().getFirst();

    assertThat(stored.filePath()).isEqualTo(arrival.path().toString());
    assertThat(stored.frameId()).isEqualTo(frame.id());
  }

  @Test
  void aDetectionIsFoundByItsId() {
    var stored = stores().frames().complete(take(stores(), 1), List.of(PERSON, DOG), null, null).detections();

    assertThat(stored).allSatisfy(one -> assertThat(stores().detections().find(one.detection().id())).hasValue(one));
    assertThat(stores().detections().find(4711)).isEmpty();
    assertThat(stores().detections().picture(4711)).isEmpty();
  }

  /** Another frame of the same instant joins the same batch: batch and time alone do not tell them apart. */
  @Test
  void thePictureOfADetectionHasTheOthersOfItsFrameAndNoneElse() {
    var at = arrival(CAMERA, 1);
    var other = new Arrival(CAMERA, at.source(), Path.of("/pictures/other.jpg"), 9, at.modifiedAt(),
        Samples.sha256(2), at.capturedAt(), at.arrivedAt());
    var first = stores().frames().complete(take(stores(), at), List.of(PERSON, DOG, PERSON), null, null);
    stores().frames().complete(take(stores(), other), List.of(DOG), null, first.batchId());
    var stored = first.detections();

    var picture = stores().detections().picture(stored.get(1).detection().id()).orElseThrow();

    assertThat(picture).isEqualTo(new DetectionPicture(stored.get(1), List.of(stored.get(0), stored.get(2)), at.size(),
        at.sha256()));
  }

  @Test
  void aLimitLiesBetween1And200() {
    stores().detections().list(null, null, 200);

    assertThatIllegalArgumentException().isThrownBy(() -> stores().detections().list(null, null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> stores().detections().list(null, null, 201));
  }

  private List<StoredDetection> pages(@Nullable String cameraId, int limit) {
    var all = new ArrayList<StoredDetection>();
    Long before = null;
    do {
      var page = stores().detections().list(cameraId, before, limit);
      all.addAll(page.items());
      before = page.next();
    } while (before != null);
    return all;
  }
}
