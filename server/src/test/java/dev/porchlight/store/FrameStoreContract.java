package dev.porchlight.store;

import dev.porchlight.domain.FrameState;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link FrameStore} does. */
abstract class FrameStoreContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void theLatestAreThoseThatWereLookedAtNewestFirst() {
    var first = take(stores(), 1);
    var second = take(stores(), 2);
    stores().frames().complete(first, List.of(), null, null);
    stores().frames().complete(second, List.of(), null, null);
    stores().frames().finish(take(stores(), 3).id(), FrameState.REJECTED, "no picture");
    take(stores(), 4);
    stores().frames().complete(take(stores(), arrival(OTHER_CAMERA, 5)), List.of(), null, null);

    assertThat(stores().latest().latest(CAMERA, 10)).containsExactly(second, first);
    assertThat(stores().latest().latest(CAMERA, 1)).containsExactly(second);
    assertThat(stores().latest().latest("nobody", 10)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> stores().latest().latest(CAMERA, 0));
  }
}
