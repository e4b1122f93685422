package dev.porchlight.camera;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.awaitility.Awaitility.await;

class HistoryRemovalTest {
  @Test
  void anErrorIsNotTheEndOfTheForgetting() {
    var store = new FakeCameraStore();
    store.forget("front");
    store.throwOnce(new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory"));

    try (var removal = new HistoryRemoval(store, List.of())) {
      removal.start();

      await().until(() -> store.forgetting().isEmpty());
    }
  }
}
