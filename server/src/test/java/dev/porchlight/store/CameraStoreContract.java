package dev.porchlight.store;

import dev.porchlight.domain.Area;
import dev.porchlight.domain.Area.Point;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.SceneKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link CameraStore} does. */
abstract class CameraStoreContract {
  private static final Camera FRONT = Camera.made("front", "Front door",
      new CameraSettings(CameraSource.parse("rtsp://admin:s3cret@192.0.2.7:554/main?channel=1"), 2.5, 0.75,
          List.of(new Area(List.of(new Point(0, 0.1), new Point(1, 0), new Point(0.3, 1)))), false,
          Duration.ofSeconds(90),
          new CameraScene("front door, from above", SceneKind.ENTRANCE, "the postman comes at noon")),
      NOON);

  abstract Stores stores();

  @Test
  void aNewCameraIsOfflineNeverSeenAndNamedLikeItsId() {
    assertThat(stores().cameras().ensure("porch", NOON)).isTrue();

    assertThat(stores().cameras().find("porch"))
        .contains(new Camera("porch", "porch", CameraState.OFFLINE, null, NOON));
  }

  @Test
  void aKnownCameraStaysAsItIs() {
    stores().cameras().ensure("porch", NOON);
    stores().cameras().setStatus("porch", CameraState.ONLINE, NOON.plusSeconds(1));

    assertThat(stores().cameras().ensure("porch", NOON.plusSeconds(9))).isFalse();
    assertThat(stores().cameras().find("porch"))
        .contains(new Camera("porch", "porch", CameraState.ONLINE, NOON.plusSeconds(1), NOON));
  }

  @Test
  void aNameThatCannotBeACamerasIsRefused() {
    for (var id : List.of("", "../up", "a/b", "ü", "x".repeat(65))) {
      assertThatIllegalArgumentException().isThrownBy(() -> stores().cameras().ensure(id, NOON));
    }
  }

  @Test
  void aChangeOfStatusWithoutATimeKeepsWhenTheCameraWasSeen() {
    stores().cameras().ensure("porch", NOON);
    stores().cameras().setStatus("porch", CameraState.ONLINE, NOON);

    stores().cameras().setStatus("porch", CameraState.OFFLINE, null);

    assertThat(stores().cameras().find("porch"))
        .contains(new Camera("porch", "porch", CameraState.OFFLINE, NOON, NOON));
  }

  @Test
  void anUnknownCameraHasNoStatus() {
    assertThat(stores().cameras().find("nobody")).isEmpty();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stores().cameras().setStatus("nobody", CameraState.ONLINE, NOON))
        .withMessageContaining("nobody");
  }

  @Test
  void camerasAreListedByIdAndPagedNewestFirst() {
    for (var id : List.of("b", "c", "a")) {
      stores().cameras().ensure(id, NOON);
    }

    var first = stores().cameras().list(null, 2);
    var second = stores().cameras().list(first.next(), 2);

    assertThat(stores().cameras().all()).extracting(Camera::id).containsExactly("a", "b", "c");
    assertThat(first.items()).extracting(Camera::id).containsExactly("a", "c");
    assertThat(second.items()).extracting(Camera::id).containsExactly("b");
    assertThat(second.next()).isNull();
  }

  @Test
  void aCameraIsMadeWithAllThatIsSaidOfIt() {
    assertThat(stores().cameras().create(FRONT)).isTrue();

    assertThat(stores().cameras().find("front")).contains(FRONT);
    assertThat(stores().cameras().find("front").map(Camera::settings).map(CameraSettings::source))
        .map(CameraSource::secret)
        .contains("rtsp://admin:s3cret@192.0.2.7:554/main?channel=1");
    assertThat(stores().cameras().create(Camera.made("front", "Other", CameraSettings.STANDARD, NOON))).isFalse();
    assertThat(stores().cameras().find("front")).contains(FRONT);
  }

  @Test
  void aChangeReachesTheNameAndTheSettingsAndNothingElse() {
    stores().cameras().create(FRONT);
    stores().cameras().setStatus("front", CameraState.ONLINE, NOON.plusSeconds(1));

    var changed = stores().cameras()
        .change("front", camera -> new Camera("other", "Back door", CameraSettings.STANDARD, CameraState.OFFLINE, null,
            NOON.plusSeconds(9)));

    assertThat(changed)
        .contains(new Camera("front", "Back door", CameraState.ONLINE, NOON.plusSeconds(1), NOON));
    assertThat(stores().cameras().find("front")).isEqualTo(changed);
    assertThat(stores().cameras().change("nobody", camera -> camera)).isEmpty();
  }

  @Test
  void changesOfManyThreadsAreAllMade() throws InterruptedException {
    stores().cameras().ensure("porch", NOON);
    List<Callable<Boolean>> changers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      changers.add(() -> stores().cameras()
          .change("porch", camera -> camera.with(camera.name() + "!", camera.settings()))
          .isPresent());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(changers);
    }

    assertThat(stores().cameras().find("porch").orElseThrow().name()).isEqualTo("porch" + "!".repeat(16));
  }
}
