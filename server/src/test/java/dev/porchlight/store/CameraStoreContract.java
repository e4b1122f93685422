package dev.porchlight.store;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link CameraStore} does. */
abstract class CameraStoreContract {
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
}
