package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Detection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.DOG;
import static dev.porchlight.store.Samples.JUDGEMENT;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.PERSON;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.complete;
import static dev.porchlight.store.Samples.take;
import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link BatchStore} does. */
abstract class BatchStoreContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void aClosedBatchIsNoLongerOpenAndWaitsForJudgement() {
    long id = complete(stores(), 1, null, null);
    assertThat(stores().batches().unjudged()).isEmpty();

    stores().batches().close(id);

    assertThat(stores().batches().open()).isEmpty();
    assertThat(stores().batches().unjudged())
        .containsExactly(new Batch(id, CAMERA, NOON.plusSeconds(1), NOON.plusSeconds(1)));
  }

  @Test
  void batchesWaitForJudgementOldestFirst() {
    var first = closedBatch(stores(), CAMERA, 1);
    var second = closedBatch(stores(), OTHER_CAMERA, 2);
    var third = closedBatch(stores(), CAMERA, 3);

    assertThat(stores().batches().unjudged()).containsExactly(first, second, third);
  }

  @Test
  void aBatchWithItsEventWaitsNoLonger() {
    var first = closedBatch(stores(), CAMERA, 1);
    var second = closedBatch(stores(), CAMERA, 2);

    stores().events().judge(first, JUDGEMENT, NOON);

    assertThat(stores().batches().unjudged()).containsExactly(second);
    assertThat(stores().batches().find(first.id())).contains(first);
  }

  @Test
  void closingAClosedOrJudgedOrUnknownBatchChangesNothing() {
    var judged = closedBatch(stores(), CAMERA, 1);
    stores().events().judge(judged, JUDGEMENT, NOON);
    var closed = closedBatch(stores(), CAMERA, 2);

    stores().batches().close(judged.id());
    stores().batches().close(closed.id());
    stores().batches().close(4_711);

    assertThat(stores().batches().unjudged()).containsExactly(closed);
    assertThat(stores().batches().find(4_711)).isEmpty();
  }

  @Test
  void theDetectionsOfABatchComeByFrameTimeAndThenAsFound() {
    var late = stores().frames().complete(take(stores(), 20), List.of(PERSON, DOG), null, null);
    long batch = stores().batches().open().getFirst().id();
    stores().frames().complete(take(stores(), 10), List.of(DOG), null, batch);
    closedBatch(stores(), OTHER_CAMERA, 15);

    assertThat(stores().batches().detections(batch)).extracting(Detection::detectedAt)
        .containsExactly(NOON.plusSeconds(10), NOON.plusSeconds(20), NOON.plusSeconds(20));
    assertThat(stores().batches().detections(batch).subList(1, 3))
        .isEqualTo(late.detections().stream().map(stored -> stored.detection()).toList());
    assertThat(stores().batches().detections(4_711)).isEmpty();
  }
}
