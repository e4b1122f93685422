package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CameraMonitorTest {
  private final FakeCameraStore store = new FakeCameraStore();
  private final List<CameraStatus> told = new CopyOnWriteArrayList<>();
  private CameraMonitor monitor = monitor(Duration.ofMinutes(5));

  @AfterEach
  void close() {
    monitor.close();
  }

  @Test
  void theFirstFrameBringsACameraOnlineAndTheNextOnesSayNothing() {
    Instant now = Instant.now();
    store.ensure("front", now);
    monitor.start();

    monitor.seen("front", now);
    await().until(() -> told.size() == 1);
    monitor.seen("front", now.plusSeconds(1));
    monitor.seen("porch", now);
    await().until(() -> told.size() == 2);

    assertThat(told).containsExactly(new CameraStatus("front", CameraState.ONLINE, now),
        new CameraStatus("porch", CameraState.ONLINE, now));
    assertThat(store.find("front").orElseThrow().status()).isEqualTo(CameraState.ONLINE);
  }

  @Test
  void aSilentCameraGoesOfflineAndComesBack() {
    monitor.close();
    monitor = monitor(Duration.ofMillis(100));
    Instant now = Instant.now();
    store.ensure("front", now);
    monitor.start();

    monitor.seen("front", now);
    await().until(() -> told.size() == 2);
    monitor.seen("front", now.plusSeconds(1));
    await().until(() -> told.size() >= 3);

    assertThat(List.copyOf(told).subList(0, 3)).extracting(CameraStatus::status)
        .containsExactly(CameraState.ONLINE,
            CameraState.OFFLINE, CameraState.ONLINE);
    assertThat(told.get(1).lastSeenAt()).isEqualTo(now);
  }

  @Test
  void aCameraThatFellSilentWhileTheServerWasDownGoesOfflineAtStart() {
    Instant longAgo = Instant.now().minus(Duration.ofHours(1));
    store.put(new Camera("front", "Front door", CameraState.ONLINE, longAgo, longAgo));
    store.put(new Camera("porch", "Porch", CameraState.ONLINE, Instant.now(), longAgo));

    monitor.start();

    await().until(() -> !told.isEmpty());
    assertThat(told).containsExactly(new CameraStatus("front", CameraState.OFFLINE, longAgo));
  }

  @Test
  void aChangeThatCannotBeStoredIsNotToldAndComesWithTheNextSign() {
    Instant now = Instant.now();
    store.ensure("front", now);
    store.failOnce();
    monitor.start();

    monitor.seen("front", now);
    await().untilAsserted(() -> {
      monitor.seen("front", now);
      assertThat(told).hasSize(1);
    });
    assertThat(store.find("front").orElseThrow().status()).isEqualTo(CameraState.ONLINE);
  }

  private CameraMonitor monitor(Duration offlineAfter) {
    return new CameraMonitor(new CameraConfig(offlineAfter), store, Clock.systemUTC(), System::nanoTime, told::add);
  }
}
