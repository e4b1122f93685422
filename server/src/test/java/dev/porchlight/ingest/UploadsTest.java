package dev.porchlight.ingest;

import dev.porchlight.LogLines;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Submission;
import dev.porchlight.domain.Submission.Accepted;
import dev.porchlight.domain.Submission.Reason;
import dev.porchlight.domain.Submission.Refused;
import dev.porchlight.store.DiskFullException;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

final class UploadsTest {
  private static final Instant NOW = Instant.parse("2025-12-23T12:00:00.123456Z");

  private final FakeLedger ledger = new FakeLedger();
  private final FakeIntake intake = new FakeIntake();
  private final FakeCameras cameras = new FakeCameras();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Frame> arrived = new ArrayList<>();
  private final LogLines log = new LogLines(UploadsTest.class);
  @TempDir
  private Path data;
  private Uploads uploads;
  private boolean isDiskFull;

  @BeforeEach
  void prepare() {
    uploads = uploads(true);
    uploads.prepare();
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aPictureIsKeptUnderItsCameraAndDayAndWrittenDown() throws IOException {
    byte[] picture = Pictures.jpeg(1);

    Frame frame = accepted(submit("porch", picture, null));

    Path file = frame.path();
    assertThat(data.relativize(file).toString()).matches("uploads/porch/2025-12-23/120000\\.123-[0-9a-f]{16}\\.jpg");
    assertThat(file).hasBinaryContent(picture);
    assertThat(frame.source()).isEqualTo(FrameSource.HTTP);
    assertThat(frame.capturedAt()).isEqualTo(NOW);
    assertThat(frame.arrivedAt()).isEqualTo(NOW);
    assertThat(ledger.taken()).containsExactly(frame);
    assertThat(arrived).containsExactly(frame);
    assertThat(cameras.ids()).containsExactly("porch");
    assertThat(filesLeft()).containsExactly(file);
  }

  @Test
  void theSenderKnowsTheTimeBest() throws IOException {
    Instant sent = Instant.parse("2025-11-01T03:04:05.123456789Z");

    Frame frame = accepted(submit("porch", Pictures.png(1), sent));

    assertThat(frame.capturedAt()).isEqualTo(Instant.parse("2025-11-01T03:04:05.123456Z"));
    assertThat(frame.path().toString()).contains("2025-12-23").endsWith(".png");
  }

  @Test
  void whoeverHandsItInHearsHowItEnds() throws IOException {
    var submission = (Accepted) submit("porch", Pictures.jpeg(1), null);
    var outcome = new FrameOutcome(FrameState.DONE, "", List.of());

    intake.submitted().getFirst().outcome().complete(outcome);

    assertThat(submission.outcome()).isCompletedWithValue(outcome);
  }

  @Test
  void theSameBytesTwiceAreTwoFrames() throws IOException {
    Frame first = accepted(submit("porch", Pictures.jpeg(1), null));
    Frame second = accepted(submit("porch", Pictures.jpeg(1), null));

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(filesLeft()).containsExactlyInAnyOrder(first.path(), second.path());
  }

  @Test
  void whatIsNoPictureIsRefusedByKindAndNothingIsLeft() throws IOException {
    byte[] picture = Pictures.jpeg(1);

    assertRefused("plain text, no more".getBytes(StandardCharsets.UTF_8), Reason.NOT_A_PICTURE);
    assertRefused(new byte[]{'h', 'i'}, Reason.NOT_A_PICTURE);
    assertRefused(new byte[0], Reason.DAMAGED);
    assertRefused(Arrays.copyOf(picture, picture.length / 2), Reason.DAMAGED);
    assertRefused(Arrays.copyOf(picture, (32 << 20) + 1), Reason.TOO_LARGE);
    assertRefused(Pictures.pngThatClaims(50_000, 1_001), Reason.TOO_MANY_PIXELS);

    assertThat(filesLeft()).isEmpty();
    assertThat(cameras.ids()).isEmpty();
    assertThat(ledger.taken()).isEmpty();
    assertThat(log.warnings()).hasSize(6);
    assertThat(meters.counter("porchlight.pictures.refused", "reason", "damaged").count()).isEqualTo(2);
  }

  @Test
  void whenTooMuchIsWaitingNothingIsLeftBehind() throws IOException {
    intake.fill("porch");

    Submission submission = submit("porch", Pictures.jpeg(1), null);

    assertThat(submission).isEqualTo(new Submission.Busy(Duration.ofSeconds(1)));
    assertThat(filesLeft()).isEmpty();
    assertThat(cameras.ids()).isEmpty();
    assertThat(ledger.taken()).isEmpty();
  }

  @Test
  void anUnknownCameraIsRefusedWhenCamerasAreNotCreatedByThemselves() throws IOException {
    uploads = uploads(false);
    var _ = cameras.ensure("porch", NOW);

    assertThat(submit("garage", Pictures.jpeg(1), null)).isEqualTo(new Submission.UnknownCamera("garage"));
    assertThat(filesLeft()).isEmpty();
    assertThat(submit("porch", Pictures.jpeg(1), null)).isInstanceOf(Accepted.class);
    assertThat(cameras.ids()).containsExactly("porch");
  }

  @Test
  void aDisabledCameraTakesNothing() throws IOException {
    cameras.create(Camera.made("porch", "Porch", CameraSettings.STANDARD.withEnabled(false), NOW));

    assertThat(submit("porch", Pictures.jpeg(1), null))
        .isEqualTo(new Submission.Closed("camera porch is disabled"));

    assertThat(filesLeft()).isEmpty();
    assertThat(ledger.taken()).isEmpty();
  }

  @Test
  void whenTheLedgerFailsNothingIsLeftBehind() throws IOException {
    ledger.breakDown(true);
    int places = intake.freePlaces("porch");

    assertThatThrownBy(() -> submit("porch", Pictures.jpeg(1), null)).isInstanceOf(StoreException.class);

    assertThat(filesLeft()).isEmpty();
    assertThat(intake.freePlaces("porch")).isEqualTo(places);
    assertThat(intake.submitted()).isEmpty();
  }

  /** A file lies where the camera's folder is to be made: whether that means a full disk, the disk has to say. */
  @Test
  void aPictureForWhichThereIsNoRoomIsToldApartFromADiskThatFails() throws IOException {
    Files.createFile(data.resolve("uploads/porch"));

    assertThatThrownBy(() -> submit("porch", Pictures.jpeg(1), null)).isInstanceOf(UncheckedIOException.class);
    isDiskFull = true;
    assertThatThrownBy(() -> submit("porch", Pictures.jpeg(1), null)).isInstanceOf(DiskFullException.class);

    assertThat(uploads.incoming()).isEmptyDirectory();
    assertThat(ledger.taken()).isEmpty();
  }

  @Test
  void aStartForgetsWhatWasNeverReceivedWhole() throws IOException {
    Path stale = Files.write(uploads.incoming().resolve("1234.part"), new byte[10]);
    Path kept = accepted(submit("porch", Pictures.jpeg(1), null)).path();

    uploads.prepare();

    assertThat(stale).doesNotExist();
    assertThat(kept).exists();
  }

  private Uploads uploads(boolean autoCreate) {
    return new Uploads(new UploadConfig(data.resolve("uploads"), autoCreate), intake, ledger, cameras,
        _ -> isDiskFull, meters, Clock.fixed(NOW, ZoneOffset.UTC), new Random(1), arrived::add);
  }

  private Submission submit(String cameraId, byte[] bytes, @Nullable Instant senderTime) throws IOException {
    Path body = Files.write(uploads.incoming().resolve("body.part"), bytes);
    return uploads.submit(cameraId, body, senderTime);
  }

  private static Frame accepted(Submission submission) {
    return assertThat(submission).asInstanceOf(type(Accepted.class)).actual().frame();
  }

  private void assertRefused(byte[] bytes, Reason reason) throws IOException {
    assertThat(submit("porch", bytes, null)).asInstanceOf(type(Refused.class))
        .extracting(Refused::reason)
        .isEqualTo(reason);
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
