package dev.porchlight.camera;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Health.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CameraMonitorTest {
  private static final Instant NOON = Instant.parse("2025-12-23T12:00:00Z");

  private final FakeCameraStore store = new FakeCameraStore();
  /** The monotonic clock, which stands unless a test moves it on; timers run by the real one, and then look at this one. */
  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
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
    await().until(() -> told.size() == 1);
    pass(Duration.ofMillis(100));
    await().until(() -> told.size() == 2);
    monitor.seen("front", now.plusSeconds(1));
    await().until(() -> told.size() == 3);

    assertThat(told).extracting(CameraStatus::status)
        .containsExactly(CameraState.ONLINE, CameraState.OFFLINE, CameraState.ONLINE);
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

  /** The stream that shows one picture and dies is never said to be back; the one whose trial ends after its is. */
  @Test
  void aStreamThatComesForAMomentIsNotBackAndOneThatStaysIs() {
    restart(new CameraConfig(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(300)));
    for (String camera : List.of("moment", "stays")) {
      stream(camera, null);
      monitor.seen(camera, NOON);
    }
    await().until(() -> told.size() == 2);
    pass(Duration.ofMinutes(1));
    monitor.settingsChanged("moment");
    monitor.settingsChanged("stays");
    await().until(() -> told.size() == 4);

    monitor.seen("moment", NOON);
    pass(Duration.ofMillis(300));
    monitor.seen("stays", NOON);
    await().until(() -> told.size() == 5);

    assertThat(told.getLast()).isEqualTo(new CameraStatus("stays", CameraState.ONLINE, NOON));
  }

  @Test
  void oneUploadIsEnoughToComeBackButNotAtOnce() {
    restart(new CameraConfig(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMillis(400)));
    store.ensure("front", NOON);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);
    pass(Duration.ofMinutes(1));
    monitor.settingsChanged("front");
    await().until(() -> told.size() == 2);
    long backAt = System.nanoTime();

    monitor.seen("front", NOON);
    await().until(() -> told.size() == 3);

    assertThat(Duration.ofNanos(System.nanoTime() - backAt)).isGreaterThan(Duration.ofMillis(390));
    assertThat(told.get(2).status()).isEqualTo(CameraState.ONLINE);
  }

  /** A trial would take half an hour here. */
  @Test
  void aCameraThatWasAwayForLongIsBackAtItsFirstSign() {
    restart(new CameraConfig(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1)));
    store.ensure("front", NOON);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);
    pass(Duration.ofHours(2));
    monitor.settingsChanged("front");
    await().until(() -> told.size() == 2);

    pass(Duration.ofMinutes(11));
    monitor.seen("front", NOON);

    await().until(() -> told.size() == 3);
  }

  @Test
  void whatACameraSaysOfItsSilenceWinsAndCountsAtOnce() {
    restart(new CameraConfig(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO));
    store.ensure("front", NOON);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);

    store.change("front", camera -> camera.with("Front", camera.settings().withOfflineAfter(Duration.ofMillis(100))));
    pass(Duration.ofMillis(100));
    monitor.settingsChanged("front");

    await().until(() -> told.size() == 2);
    assertThat(told.get(1).status()).isEqualTo(CameraState.OFFLINE);
  }

  @Test
  void aCameraThatIsSwitchedOffIsOfflineAtOnceAndShowsNoSigns() {
    restart(new CameraConfig(Duration.ofHours(1), Duration.ofHours(1), Duration.ofMinutes(1)));
    store.ensure("front", NOON);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);

    store.change("front", camera -> camera.with("Front", camera.settings().withEnabled(false)));
    monitor.settingsChanged("front");
    await().until(() -> told.size() == 2);
    monitor.seen("front", NOON);
    assertThat(monitor.census()).isEqualTo(new CameraMonitor.Census(0, 0, 1));
    nextIsTold("another");

    store.change("front", camera -> camera.with("Front", camera.settings().withEnabled(true)));
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 4);
    assertThat(told.getLast().cameraId()).isEqualTo("front");
  }

  @Test
  void aDeletedCameraIsSaidToHaveGoneOnce() {
    store.ensure("front", NOON);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);

    store.delete("front", false, NOON);
    monitor.deleted("front");
    monitor.deleted("front");

    await().until(() -> meters.find("porchlight.camera.online").gauge() == null);
    assertThat(told).extracting(CameraStatus::status).containsExactly(CameraState.ONLINE, CameraState.OFFLINE);
  }

  @Test
  void aStillSceneKeepsTheStoredTimeOfTheLastSignFresh() {
    restart(new CameraConfig(Duration.ofMillis(300), Duration.ofHours(1), Duration.ZERO));
    stream("front", null);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);
    Instant later = NOON.plusSeconds(5);
    monitor.seen("front", later);

    await().until(() -> later.equals(store.find("front").orElseThrow().lastSeenAt()));

    assertThat(told).extracting(CameraStatus::status).containsExactly(CameraState.ONLINE);
  }

  @Test
  void aStreamCouldNotBeSeenWhileTheServerWasDown() {
    restart(new CameraConfig(Duration.ofSeconds(30), Duration.ofHours(1), Duration.ZERO));
    store.put(new Camera("front", "Front", CameraSettings.STANDARD.withSource(CameraSource.parse("rtsp://host/")),
        CameraState.ONLINE, Instant.now().minusSeconds(3_600), NOON));

    monitor.start();

    nextIsTold("another");
  }

  @Test
  void metricsSayWhoIsOnlineAndHowOftenThatChanged() {
    restart(new CameraConfig(Duration.ofHours(1), Duration.ofMillis(100), Duration.ZERO));
    store.ensure("front", NOON);
    store.ensure("never", NOON);
    monitor.start();
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);
    pass(Duration.ofMillis(100));

    await().until(() -> told.size() == 2);
    await().untilAsserted(() -> {
      assertThat(changes("online")).isEqualTo(1);
      assertThat(changes("offline")).isEqualTo(1);
      assertThat(meters.get("porchlight.camera.online").tag("camera", "front").gauge().value()).isZero();
      assertThat(meters.get("porchlight.camera.online").tag("camera", "never").gauge().value()).isZero();
    });
  }

  @Test
  void theSameIsNeverToldTwiceHoweverManySignsThereAre() throws InterruptedException {
    restart(new CameraConfig(Duration.ofHours(1), Duration.ofMillis(20), Duration.ZERO), System::nanoTime);
    store.ensure("front", NOON);
    var threads = new ArrayList<Thread>();
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofVirtual().start(() -> {
        while (System.nanoTime() < end) {
          monitor.seen("front", NOON);
          LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
        }
      }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    await().until(() -> !told.isEmpty() && told.getLast().status() == CameraState.OFFLINE);

    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i).status()).isEqualTo(i % 2 == 0 ? CameraState.ONLINE : CameraState.OFFLINE);
    }
  }

  @Test
  void anErrorWhileACameraIsGivenUpDoesNotKeepItOnlineForEver() {
    restart(new CameraConfig(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ZERO));
    store.ensure("front", NOON);
    monitor.seen("front", NOON);
    await().until(() -> told.size() == 1);

    store.throwOnce(new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory"));
    pass(Duration.ofMinutes(6));
    monitor.settingsChanged("front");

    await().until(() -> told.size() == 2);
    assertThat(told.getLast().status()).isEqualTo(CameraState.OFFLINE);
    await().until(() -> monitor.taskState().status() == Status.OK);
  }

  /** Of all that was done so far nothing more is told: a camera that shows itself now is the next. */
  private void nextIsTold(String cameraId) {
    int before = told.size();
    monitor.seen(cameraId, NOON);
    await().until(() -> told.size() > before);
    assertThat(told.get(before).cameraId()).isEqualTo(cameraId);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private double changes(String status) {
    return meters.get("porchlight.camera.changes").tag("camera", "front").tag("status", status).counter().count();
  }

  private void stream(String cameraId, @Nullable Duration offlineAfter) {
    store.put(Camera.made(cameraId, cameraId, CameraSettings.STANDARD.withSource(CameraSource.parse("rtsp://host/"))
        .withOfflineAfter(offlineAfter), NOON));
  }

  private void restart(CameraConfig config) {
    restart(config, nanos::get);
  }

  private void restart(CameraConfig config, LongSupplier nanoTime) {
    monitor.close();
    monitor = monitor(config, nanoTime);
  }

  private CameraMonitor monitor(Duration silence) {
    return monitor(new CameraConfig(silence, silence, Duration.ofSeconds(5)), nanos::get);
  }

  private CameraMonitor monitor(CameraConfig config, LongSupplier nanoTime) {
    return new CameraMonitor(config, store, Clock.systemUTC(), nanoTime, meters, told::add);
  }
}
