package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.store.FrameLedger.Completion;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.DOG;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.PERSON;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.complete;
import static dev.porchlight.store.Samples.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What {@link FrameLedger#complete} does in every store: all of it, or nothing. */
abstract class CompletionContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void whatWasFoundIsStoredInTheOrderGivenAndOpensABatch() {
    var frame = take(stores(), 1);

    var completion = stores().frames().complete(frame, List.of(PERSON, DOG), null, null);

    var at = NOON.plusSeconds(1);
    var first = completion.detections().getFirst();
    assertThat(completion.detections()).extracting(StoredDetection::detection)
        .containsExactly(new Detection(first.detection().id(), CAMERA, "person", 0.95, at, 100, 150, 200, 400),
            new Detection(first.detection().id() + 1, CAMERA, "dog", 0.5, at, 0, 1, 2, 3));
    assertThat(completion.detections()).extracting(StoredDetection::frameId).containsOnly(frame.id());
    assertThat(completion.detections()).extracting(StoredDetection::batchId).containsOnly(completion.batchId());
    assertThat(stores().batches().open()).containsExactly(new Batch(first.batchId(), CAMERA, at, at));
    assertThat(stores().detections().list(null, null, 10).items()).isEqualTo(completion.detections().reversed());
    assertThat(stores().frames().waiting()).isEmpty();
  }

  @Test
  void anEmptyPictureIsDoneAndOpensNoBatch() {
    var completion = stores().frames().complete(take(stores(), 1), List.of(), null, null);

    assertThat(completion).isEqualTo(new Completion(List.of(), null));
    assertThat(stores().batches().open()).isEmpty();
    assertThat(stores().frames().waiting()).isEmpty();
  }

  @Test
  void anEmptyPictureMayCloseABatch() {
    long batch = complete(stores(), 1, null, null);

    stores().frames().complete(take(stores(), 100), List.of(), batch, null);

    assertThat(stores().batches().open()).isEmpty();
    assertThat(stores().batches().unjudged()).extracting(Batch::id).containsExactly(batch);
  }

  @Test
  void theBatchBeforeIsClosedWhenTheNextOpens() {
    long before = complete(stores(), 1, null, null);

    long next = complete(stores(), 100, before, null);

    assertThat(stores().batches().open()).extracting(Batch::id).containsExactly(next);
    assertThat(stores().batches().unjudged()).extracting(Batch::id).containsExactly(before);
  }

  @Test
  void aBatchGrowsToBothSides() {
    long batch = complete(stores(), 20, null, null);

    complete(stores(), 30, null, batch);
    complete(stores(), 10, null, batch);
    complete(stores(), 25, null, batch);

    assertThat(stores().batches().open())
        .containsExactly(new Batch(batch, CAMERA, NOON.plusSeconds(10), NOON.plusSeconds(30)));
  }

  @Test
  void aSecondCompletionOfAFrameIsRefusedAndChangesNothing() {
    long batch = complete(stores(), 1, null, null);
    var frame = take(stores(), 2);
    stores().frames().complete(frame, List.of(PERSON), null, batch);

    refused(() -> stores().frames().complete(frame, List.of(DOG), batch, null));

    assertThat(stores().detections().list(null, null, 10).items()).hasSize(2);
    assertThat(stores().batches().open()).extracting(Batch::id).containsExactly(batch);
  }

  @Test
  void aBatchThatIsClosedIsNotJoined() {
    long batch = complete(stores(), 1, null, null);
    stores().batches().close(batch);
    var frame = take(stores(), 2);

    refused(() -> stores().frames().complete(frame, List.of(PERSON), null, batch));

    assertThat(stores().frames().waiting()).containsExactly(frame);
    assertThat(stores().batches().detections(batch)).hasSize(1);
  }

  @Test
  void aBatchOfAnotherCameraIsNotJoined() {
    long batch = complete(stores(), 1, null, null);
    var frame = take(stores(), arrival(OTHER_CAMERA, 2));

    refused(() -> stores().frames().complete(frame, List.of(PERSON), null, batch));

    assertThat(stores().frames().waiting()).containsExactly(frame);
  }

  @Test
  void aCameraHasOneOpenBatch() {
    long batch = complete(stores(), 1, null, null);
    var frame = take(stores(), 2);

    refused(() -> stores().frames().complete(frame, List.of(PERSON), null, null));

    assertThat(stores().batches().open()).extracting(Batch::id).containsExactly(batch);
    assertThat(stores().frames().waiting()).containsExactly(frame);
    complete(stores(), arrival(OTHER_CAMERA, 3), null, null);
    assertThat(stores().batches().open()).hasSize(2);
  }

  @Test
  void whatFailsLeavesTheBatchBeforeOpen() {
    long before = complete(stores(), 1, null, null);
    var frame = take(stores(), 2);

    refused(() -> stores().frames().complete(frame, List.of(PERSON), before, before));

    assertThat(stores().batches().open()).extracting(Batch::id).containsExactly(before);
    assertThat(stores().frames().waiting()).containsExactly(frame);
  }

  private static void refused(Runnable completion) {
    assertThatExceptionOfType(StoreException.class).isThrownBy(completion::run)
        .withMessageMatching("Could not [^\\n]*frame[^\\n]*");
  }
}
