package dev.porchlight.store;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.ClipArrival;
import dev.porchlight.domain.ClipState;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.store.CameraStore.Remains;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.JUDGEMENT;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.complete;
import static dev.porchlight.store.Samples.take;
import static dev.porchlight.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What becomes of a camera that is deleted, and of what it has seen, in every {@link CameraStore}. */
abstract class DeletedCameraContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void aDeletedCameraIsNowhereAndWhatItHasSeenStays() {
    judged(CAMERA, 1);

    assertThat(stores().cameras().delete(CAMERA, false, NOON)).isTrue();

    assertThat(stores().cameras().find(CAMERA)).isEmpty();
    assertThat(stores().cameras().all()).extracting(Camera::id).containsExactly(OTHER_CAMERA);
    assertThat(stores().cameras().list(null, 10).items()).extracting(Camera::id).containsExactly(OTHER_CAMERA);
    assertThat(stores().cameras().change(CAMERA, camera -> camera)).isEmpty();
    assertThat(stores().cameras().delete(CAMERA, true, NOON)).isFalse();
    assertThat(stores().cameras().forgetting()).isEmpty();
    assertThat(stores().detections().list(CAMERA, null, 10).items()).hasSize(1);
    assertThat(stores().events().list(CAMERA, null, 10).items()).hasSize(1);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stores().cameras().setStatus(CAMERA, CameraState.ONLINE, NOON));
  }

  @Test
  void itsFolderDoesNotBringItBackAndNothingOfItIsTaken() {
    stores().cameras().delete(CAMERA, false, NOON);

    assertThat(stores().cameras().ensure(CAMERA, NOON)).isFalse();

    assertThat(stores().cameras().find(CAMERA)).isEmpty();
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> stores().frames().take(arrival(CAMERA, 9)))
        .withMessageContaining("no camera " + CAMERA);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stores().clips()
            .begin(new ClipArrival(CAMERA, version(arrival(CAMERA, 9)), null, null, NOON)))
        .withMessageContaining("no camera " + CAMERA);
  }

  @Test
  void aCameraThatIsMadeAnewBeginsAfreshWithItsHistory() {
    take(stores(), 1);
    stores().cameras().setStatus(CAMERA, CameraState.ONLINE, NOON);
    stores().cameras().delete(CAMERA, false, NOON);
    var made = Camera.made(CAMERA, "Again", CameraSettings.STANDARD.withEnabled(false), NOON.plusSeconds(60));

    assertThat(stores().cameras().create(made)).isTrue();

    assertThat(stores().cameras().find(CAMERA)).contains(made);
    assertThat(stores().frames().waiting()).hasSize(1);
  }

  @Test
  void aHistoryIsForgottenByStepsAndNobodyElsesIsTouched() {
    for (int i = 0; i < 25; i++) {
      judged(CAMERA, i);
    }
    judged(OTHER_CAMERA, 1);
    var unread = IntStream.range(100, 130).mapToObj(number -> version(arrival(CAMERA, number))).toList();
    stores().frames().recordUnread(CAMERA, FrameSource.FOLDER, unread, FrameState.SEEN, "too old", NOON);
    var clip = stores().clips().begin(new ClipArrival(CAMERA, clipFile(), null, null, NOON));
    stores().clips().finish(Objects.requireNonNull(clip).id(), ClipState.DONE, "");
    stores().cameras().delete(CAMERA, true, NOON);
    assertThat(stores().cameras().forgetting()).containsExactly(CAMERA);

    int steps = 0;
    while (stores().cameras().forget(CAMERA, 10) == Remains.MORE) {
      steps++;
    }

    assertThat(steps).isBetween(5, 20);
    assertThat(stores().cameras().forget(CAMERA, 10)).isEqualTo(Remains.NOTHING);
    assertThat(stores().events().list(null, null, 10).items()).hasSize(1);
    assertThat(stores().detections().list(null, null, 10).items()).hasSize(1);
    assertThat(stores().frames().known(CAMERA, unread)).isEmpty();
    assertThat(stores().clips().known(CAMERA, List.of(clipFile()))).isEmpty();
  }

  @Test
  void whatIsUnderWayIsLeftUntilItHasEnded() {
    judged(CAMERA, 1);
    long open = complete(stores(), 2, null, null);
    var waiting = take(stores(), 3);
    stores().cameras().delete(CAMERA, true, NOON);

    assertThat(stores().cameras().forget(CAMERA, 10)).isEqualTo(Remains.MORE);
    assertThat(stores().cameras().forget(CAMERA, 10)).isEqualTo(Remains.UNDER_WAY);
    assertThat(stores().frames().waiting()).containsExactly(waiting);
    assertThat(stores().batches().open()).hasSize(1);

    stores().frames().finish(waiting.id(), FrameState.VANISHED, "the camera was deleted");
    stores().batches().close(open);
    stores().events().judge(stores().batches().find(open).orElseThrow(), JUDGEMENT, NOON);
    assertThat(stores().cameras().forget(CAMERA, 10)).isEqualTo(Remains.MORE);
    assertThat(stores().cameras().forget(CAMERA, 10)).isEqualTo(Remains.NOTHING);
  }

  @Test
  void aCameraIsNotMadeAnewWhileItsHistoryIsBeingForgotten() {
    stores().cameras().delete(CAMERA, true, NOON);
    var made = Camera.made(CAMERA, "Again", CameraSettings.STANDARD, NOON);

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> stores().cameras().create(made))
        .withMessageContaining("still being forgotten")
        .matches(StoreException::isRefusal);
    stores().cameras().forgotten(CAMERA);

    assertThat(stores().cameras().forgetting()).isEmpty();
    assertThat(stores().cameras().create(made)).isTrue();
  }

  private void judged(String cameraId, int number) {
    stores().events().judge(closedBatch(stores(), cameraId, number), JUDGEMENT, NOON);
  }

  private static FileVersion clipFile() {
    return new FileVersion(Path.of("/clips/1.mp4"), 1_000, NOON);
  }
}
