package dev.porchlight.store;

import dev.porchlight.domain.Clip;
import dev.porchlight.domain.ClipArrival;
import dev.porchlight.domain.ClipState;
import dev.porchlight.domain.FileVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link ClipLedger} does. */
abstract class ClipLedgerContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void aClipIsWrittenDownAsItArrivedAndIsToBeRead() {
    var file = file(1);
    var clip = begin(new ClipArrival(CAMERA, file, sha256(1), Duration.ofMillis(79_500), NOON.plusSeconds(1)));

    assertThat(clip).isEqualTo(new Clip(clip.id(), CAMERA, file.path(), file.size(), file.modifiedAt(), sha256(1),
        Duration.ofMillis(79_500), 0, Duration.ZERO, ClipState.READING, "", NOON.plusSeconds(1)));
    assertThat(stores().clips().reading()).containsExactly(clip);
  }

  @Test
  void whatIsNotKnownOfAClipIsNull() {
    var clip = begin(CAMERA, 1);

    assertThat(clip.sha256()).isNull();
    assertThat(clip.duration()).isNull();
    assertThat(stores().clips().reading()).containsExactly(clip);
  }

  @Test
  void aClipGoesOnWhereItsReadingStopped() {
    var clip = begin(CAMERA, 1);
    stores().clips().advance(clip.id(), Duration.ofMillis(12_500), 25);

    var again = begin(CAMERA, 1);

    assertThat(again.id()).isEqualTo(clip.id());
    assertThat(again.position()).isEqualTo(Duration.ofMillis(12_500));
    assertThat(again.framesTaken()).isEqualTo(25);
  }

  @Test
  void aClipNeverGoesBack() {
    var clip = begin(CAMERA, 1);
    stores().clips().advance(clip.id(), Duration.ofSeconds(10), 20);

    stores().clips().advance(clip.id(), Duration.ofSeconds(5), 10);

    assertThat(stores().clips().reading()).extracting(Clip::position).containsExactly(Duration.ofSeconds(10));
    assertThat(stores().clips().reading()).extracting(Clip::framesTaken).containsExactly(20);
  }

  @Test
  void aClipEndsOnceAndIsNotReadAgain() {
    int number = 0;
    for (var state : List.of(ClipState.DONE, ClipState.REJECTED, ClipState.VANISHED)) {
      number++;
      var clip = begin(CAMERA, number);

      stores().clips().finish(clip.id(), state, "");

      assertThat(stores().clips().begin(arrival(CAMERA, number))).isNull();
      assertThat(stores().clips().reading()).isEmpty();
      refused(() -> stores().clips().finish(clip.id(), state, "again"), clip);
      refused(() -> stores().clips().advance(clip.id(), Duration.ofSeconds(1), 1), clip);
    }
  }

  @Test
  void noClipEndsAsBeingRead() {
    var clip = begin(CAMERA, 1);

    assertThatIllegalArgumentException().isThrownBy(() -> stores().clips().finish(clip.id(), ClipState.READING, ""));
    assertThat(stores().clips().reading()).containsExactly(clip);
  }

  @Test
  void anotherCameraOrVersionIsAnotherClip() {
    var one = begin(CAMERA, 1);
    var other = begin(OTHER_CAMERA, 1);
    var touched = begin(new ClipArrival(CAMERA,
        new FileVersion(one.path(), one.size(), one.modifiedAt().plusSeconds(1)), null, null, NOON));

    assertThat(stores().clips().reading()).containsExactly(one, other, touched);
  }

  @Test
  void filesAreToldApartIntoKnownAndNew() {
    begin(CAMERA, 1);
    var ended = begin(CAMERA, 2);
    stores().clips().finish(ended.id(), ClipState.REJECTED, "no video");

    assertThat(stores().clips().known(CAMERA, List.of(file(1), file(2), file(3))))
        .containsExactlyInAnyOrder(file(1), file(2));
    assertThat(stores().clips().known(OTHER_CAMERA, List.of(file(1)))).isEmpty();
  }

  @Test
  void aClipOfAnUnknownCameraIsRefusedByName() {
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> stores().clips().begin(arrival("nobody", 1)))
        .withMessageContaining("nobody")
        .withMessageContaining("1.mp4");
  }

  private Clip begin(String cameraId, int number) {
    return begin(arrival(cameraId, number));
  }

  private Clip begin(ClipArrival arrival) {
    return Objects.requireNonNull(stores().clips().begin(arrival));
  }

  private static ClipArrival arrival(String cameraId, int number) {
    return new ClipArrival(cameraId, file(number), null, null, NOON);
  }

  private static FileVersion file(int number) {
    return new FileVersion(Path.of("/clips/" + number + ".mp4"), 1_000 + number, NOON.plusSeconds(number));
  }

  private static void refused(Runnable change, Clip clip) {
    assertThatExceptionOfType(StoreException.class).isThrownBy(change::run)
        .withMessageContaining("clip " + clip.id())
        .withMessageContaining("not being read");
  }
}
