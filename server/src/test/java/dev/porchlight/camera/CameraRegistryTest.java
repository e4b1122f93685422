package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CameraRegistryTest {
  private static final Instant NOON = Instant.parse("2025-12-23T12:00:00Z");

  private final FakeCameraStore store = new FakeCameraStore();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private CameraRegistry registry = new CameraRegistry(store);

  @BeforeEach
  void listen() {
    listenTo(registry);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void whoeverListensHasHeardBeforeTheCallerGoesOn() {
    registry.ensure("front", NOON);
    assertThat(told).containsExactly("front enabled");
    registry.create(Camera.made("porch", "Porch", CameraSettings.STANDARD, NOON));
    assertThat(told).endsWith("porch enabled");
    registry.change("front", camera -> camera.with("Front", camera.settings().withEnabled(false)));
    assertThat(told).endsWith("front disabled");
    registry.delete("porch", false, NOON);
    assertThat(told).endsWith("porch gone").hasSize(4);
  }

  @Test
  void whatChangesNothingIsNotTold() {
    registry.ensure("front", NOON);
    registry.ensure("front", NOON);
    registry.create(Camera.made("front", "Other", CameraSettings.STANDARD, NOON));
    registry.change("nobody", camera -> camera);
    registry.delete("nobody", true, NOON);

    assertThat(told).hasSize(1);
  }

  @Test
  void theSettingsAreKnownFromTheStartAndUntilTheCameraIsGone() {
    store.ensure("early", NOON);
    var later = new CameraRegistry(store);
    registry.close();
    registry = later;

    assertThat(later.settings("early")).isEqualTo(CameraSettings.STANDARD);
    later.change("early", camera -> camera.with("x", camera.settings().withEnabled(false)));
    assertThat(later.settings("early")).isEqualTo(CameraSettings.STANDARD.withEnabled(false));
    later.delete("early", false, NOON);
    assertThat(later.settings("early")).isNull();
  }

  @Test
  void aStatusIsWhatTheStoreSaysAndADeletedCameraHasNone() {
    Instant later = NOON.plusSeconds(5);
    registry.ensure("porch", NOON);
    registry.ensure("front", NOON);
    assertThat(registry.statuses()).containsExactly(new CameraStatus("front", CameraState.OFFLINE, null),
        new CameraStatus("porch", CameraState.OFFLINE, null));

    registry.seen("front", NOON);
    registry.setStatus("front", CameraState.ONLINE, null);
    registry.change("front", camera -> camera.with("Front", camera.settings()));
    assertThat(registry.statuses()).startsWith(new CameraStatus("front", CameraState.ONLINE, NOON));
    registry.setStatus("front", CameraState.OFFLINE, later);
    assertThat(registry.statuses()).startsWith(new CameraStatus("front", CameraState.OFFLINE, later));

    registry.delete("front", false, NOON);
    registry.seen("front", later);
    registry.setStatus("front", CameraState.ONLINE, later);
    assertThat(registry.statuses()).extracting(CameraStatus::cameraId).containsExactly("porch");
    registry.create(Camera.made("front", "Front", CameraSettings.STANDARD, NOON));
    assertThat(registry.statuses()).startsWith(new CameraStatus("front", CameraState.OFFLINE, null));
  }

  @Test
  void theStatusesAreKnownFromTheStart() {
    store.put(new Camera("early", "Early", CameraState.ONLINE, NOON, NOON));
    registry.close();
    registry = new CameraRegistry(store);

    assertThat(registry.statuses()).containsExactly(new CameraStatus("early", CameraState.ONLINE, NOON));
  }

  @Test
  void whatWasToldLastIsHowItIs() throws InterruptedException {
    registry.ensure("front", NOON);
    for (int round = 0; round < 200; round++) {
      List<Callable<Boolean>> changes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        boolean enabled = i % 2 == 0;
        changes.add(() -> registry.change("front", camera -> camera.with("x", camera.settings().withEnabled(enabled)))
            .isPresent());
      }
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        threads.invokeAll(changes);
      }
      boolean enabled = store.find("front").orElseThrow().settings().enabled();
      assertThat(told.getLast()).isEqualTo(enabled ? "front enabled" : "front disabled");
      assertThat(registry.settings("front")).isEqualTo(CameraSettings.STANDARD.withEnabled(enabled));
    }
  }

  @Test
  void aRegistryThatIsClosedSaysSo() {
    registry.close();

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> registry.ensure("front", NOON))
        .withMessageContaining("stopping");
  }

  private void listenTo(CameraRegistry cameras) {
    cameras.onChange(camera -> told.add(camera.id() + (camera.settings().enabled() ? " enabled" : " disabled")));
    cameras.onDelete(cameraId -> told.add(cameraId + " gone"));
  }
}
