package dev.porchlight.video;

import dev.porchlight.LogLines;
import dev.porchlight.Waits;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.domain.TakenPicture;
import dev.porchlight.domain.WireTime;
import dev.porchlight.pipeline.FrameTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Real ffmpeg, real sockets, cameras that behave and cameras that do not. */
class StreamsTest {
  private static final String LOGIN = "anna:s3cr3t@";

  private final MemoryLedger ledger = new MemoryLedger();
  private final List<FrameTask> offered = new CopyOnWriteArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger errors = new AtomicInteger();
  private final List<String> skipped = new CopyOnWriteArrayList<>();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final LogLines log = new LogLines(StreamsTest.class);
  private @Nullable Streams streams;
  private @Nullable TestCamera camera;

  @TempDir
  private Path data;

  @BeforeEach
  void startCamera() throws Exception {
    byte[][] jpegs = new byte[40][];
    var scene = new Scene();
    for (int i = 0; i < jpegs.length; i++) {
      jpegs[i] = new JpegEncoder().encode(scene.box(10 * i, 40, 90).frame());
    }
    pictures = jpegs;
    camera = TestCamera.sending(i -> pictures[i % pictures.length]);
  }

  private byte[][] pictures = new byte[0][];

  @AfterEach
  void stopAll() throws Exception {
    if (streams != null) {
      streams.close();
    }
    camera().close();
    log.close();
    assertThat(TestFfmpeg.children()).as("processes left behind").isEmpty();
    assertThat(Thread.getAllStackTraces().keySet()).as("threads left behind")
        .noneMatch(thread -> thread.getName().startsWith("stream-"));
  }

  @Test
  void picturesOfAStreamBecomeFramesWithTheTimeTheyCame() {
    Instant before = Instant.now();
    start();

    await().until(() -> offered.size() >= 5);

    Frame frame = offered.getFirst().frame();
    assertThat(frame.source()).isEqualTo(FrameSource.STREAM);
    assertThat(frame.path()).exists()
        .hasSize(frame.size())
        .hasExtension("jpg")
        .startsWith(data.resolve("streams/cam-1"));
    assertThat(frame.capturedAt()).isEqualTo(frame.arrivedAt()).isBetween(before, Instant.now());
    assertThat(offered.stream().map(task -> task.frame().capturedAt()).toList()).isSorted();
    assertThat(seen).hasSizeGreaterThanOrEqualTo(5).containsOnly("cam-1");
    assertThat(streams().status().status()).isEqualTo(Status.OK);
    assertThat(streams().status().detail()).isEqualTo("1 of 1 streams run");
    assertThat(log.warnings()).isEmpty();
  }

  /** Ten a second come; asked for are two. */
  @Test
  void itTakesNoMoreASecondThanItIsToldTo() {
    start(new CameraSettings(source(), 2.0, 0.0, List.of(), true, null, CameraScene.UNKNOWN));

    await().until(() -> offered.size() >= 7);

    Duration between = Duration.between(offered.getFirst().frame().capturedAt(),
        offered.get(6).frame().capturedAt());
    assertThat(between.toMillis() / 6).isGreaterThan(400L);
  }

  @Test
  void aStillSceneIsALivingCameraAndNobodyLooksAtIt() {
    camera().sends(_ -> pictures[0]);
    start(new CameraSettings(source(), 10.0, 0.7, List.of(), true, null, CameraScene.UNKNOWN));

    await().until(() -> skipped.size() >= 10);

    assertThat(offered).hasSize(3);
    assertThat(seen).hasSizeGreaterThanOrEqualTo(13);
    assertThat(meters.counter("porchlight.video.skipped", "camera", "cam-1").count()).isGreaterThanOrEqualTo(10);
  }

  /** Seen to fail when only what passes the motion gate is kept. */
  @Test
  void ofAStillSceneTheNextPictureIsTheNewest() throws Exception {
    camera().sends(_ -> pictures[0]);
    start(new CameraSettings(source(), 10.0, 0.7, List.of(), true, null, CameraScene.UNKNOWN));
    await().until(() -> skipped.size() >= 10);
    Instant asked = WireTime.truncate(Instant.now());

    TakenPicture newest = streams().latest("cam-1").orElseThrow();

    assertThat(newest.takenAt()).isAfterOrEqualTo(asked);
    assertThat(ImageIO.read(new ByteArrayInputStream(newest.jpeg()))).isNotNull();
    assertThat(offered).as("frames to look at").hasSize(3);
    assertThat(streams().latest("cam-2")).isEmpty();
  }

  @Test
  void aStreamThatFreezesIsNoticedAndStartedAnew() {
    camera().sends(i -> pictures[i % pictures.length], 8);
    start(new VideoConfig(null, 1920, Duration.ofSeconds(1), Waits.LIMIT, 10, 0, data), settings());
    await().until(() -> camera().connections() >= 3);

    assertThat(meters.counter("porchlight.stream.stalls", "camera", "cam-1").count()).isGreaterThanOrEqualTo(2);
    assertThat(log.warnings()).singleElement()
        .asString()
        .contains("cam-1", "no picture for 1 s", "http://***@127.0.0.1");
    camera().sends(i -> pictures[i % pictures.length]);

    await().until(() -> !log.with("is back").isEmpty());
    assertThat(streams().status().status()).isEqualTo(Status.OK);
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void aCameraThatNeverAnswersIsGivenUpAndTriedAgain() throws Exception {
    camera().close();
    camera = TestCamera.mute();
    var impatient = new VideoConfig(null, 1920, Duration.ofSeconds(1), Duration.ofSeconds(1), 10, 0, data);
    start(impatient, settings());

    await().until(() -> camera().connections() >= 2);

    assertThat(streams().status().status()).isEqualTo(Status.DEGRADED);
    assertThat(streams().status().detail()).isEqualTo("0 of 1 streams run; cam-1: reconnecting: no picture within 1 s");
  }

  @Test
  void aCameraThatWantsAnotherPasswordIsSaidSoOnceAndWithoutIt() {
    camera().answers("401 Unauthorized");
    start();

    await().until(() -> camera().connections() >= 6);

    assertThat(log.warnings()).singleElement().asString().contains("401");
    assertThat(streams().status().detail()).contains("cam-1: reconnecting: ", "401");
    assertThat(log.with("s3cr3t")).isEmpty();
    assertThat(meters.counter("porchlight.stream.restarts", "camera", "cam-1").count()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void aCameraThatSendsRubbishIsNoDanger() {
    camera().sendsRubbish();
    start();

    await().until(() -> camera().connections() >= 4);

    assertThat(log.warnings()).hasSize(1);
    assertThat(offered).isEmpty();
  }

  @Test
  void aKilledFfmpegIsStartedAnew() {
    start();
    await().until(() -> offered.size() >= 3);
    TestFfmpeg.children().forEach(ProcessHandle::destroyForcibly);
    int before = offered.size();

    await().until(() -> camera().connections() >= 2 && offered.size() > before + 5);
  }

  /** Everybody on a machine may read the arguments of every process. */
  @Test
  void theListOfProcessesShowsNoPassword() {
    start();
    await().until(() -> offered.size() >= 2);

    assertThat(TestFfmpeg.children()).singleElement().satisfies(child -> {
      assertThat(child.info().arguments().orElseThrow()).contains("pipe:0");
      assertThat(String.join(" ", child.info().arguments().orElseThrow())).doesNotContain("s3cr3t");
    });
  }

  @Test
  void aCameraThatIsSwitchedOffOrGoneIsNotPulled() {
    start();
    await().until(() -> offered.size() >= 2);

    streams().changed(of(settings().withEnabled(false)));
    await().until(() -> TestFfmpeg.children().isEmpty());
    assertThat(streams().status().detail()).isEqualTo("no camera has a stream");

    streams().changed(of(settings()));
    int before = offered.size();
    await().until(() -> offered.size() > before);
    streams().removed("cam-1");
    await().until(() -> TestFfmpeg.children().isEmpty());
  }

  @Test
  void aChangeThatIsNoMatterOfTheStreamLeavesItAlone() {
    start();
    await().until(() -> offered.size() >= 2);
    List<Long> before = TestFfmpeg.children().stream().map(ProcessHandle::pid).toList();

    streams().changed(of(settings().withOfflineAfter(Duration.ofMinutes(3))));
    int after = offered.size() + 5;
    await().until(() -> offered.size() >= after);

    assertThat(TestFfmpeg.children()).extracting(ProcessHandle::pid).isEqualTo(before);
  }

  @Test
  void whileTheStoreFailsPicturesAreDroppedAndItIsSaidOnce() {
    ledger.breakDown(true);
    start();
    await().until(() -> seen.size() >= 10);
    assertThat(log.warnings()).singleElement().asString().contains("the disk is full");
    assertThat(data.resolve("streams")).isDirectoryNotContaining("glob:**.jpg");

    ledger.breakDown(false);
    await().until(() -> !offered.isEmpty());
  }

  @Test
  void anErrorWhileAStreamIsReadIsNotItsEnd() {
    errors.set(1);
    start();

    await().until(() -> offered.size() >= 2);

    assertThat(errors.get()).isNegative();
    await().until(() -> streams().status().status() == Status.OK);
  }

  private void see(String cameraId) {
    if (errors.getAndDecrement() > 0) {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
    seen.add(cameraId);
  }

  private void start() {
    start(settings());
  }

  private void start(CameraSettings settings) {
    start(TestFfmpeg.config(data), settings);
  }

  private void start(VideoConfig config, CameraSettings settings) {
    var times = new StreamTimes(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1));
    streams = new Streams(TestFfmpeg.tools(config), times, ledger, offered::add, (id, _) -> see(id),
        (id, _) -> skipped.add(id), meters, Clock.systemUTC(), System::nanoTime, new Random(1));
    streams.start(List.of(of(settings)));
  }

  private CameraSettings settings() {
    return CameraSettings.STANDARD.withSource(source());
  }

  private CameraSource source() {
    return CameraSource.parse(camera().address(LOGIN));
  }

  private static Camera of(CameraSettings settings) {
    return Camera.made("cam-1", "Garden", settings, Instant.EPOCH);
  }

  private Streams streams() {
    return Objects.requireNonNull(streams);
  }

  private TestCamera camera() {
    return Objects.requireNonNull(camera);
  }
}
