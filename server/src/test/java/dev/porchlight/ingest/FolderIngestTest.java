package dev.porchlight.ingest;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What arrives while the server runs. */
final class FolderIngestTest {
  @TempDir
  private Path temporary;
  private TestFolders folders;

  @BeforeEach
  void start() {
    folders = new TestFolders(temporary).patient().start().settled();
  }

  @AfterEach
  void close() {
    folders.close();
  }

  @Test
  void aPictureBecomesAFrameOfItsCamera() {
    byte[] picture = Pictures.jpeg(1);

    Path file = folders.put("porch/a.jpg", picture);

    folders.awaitTaken("a.jpg");
    Frame frame = folders.ledger.taken().getFirst();
    assertThat(frame.cameraId()).isEqualTo("porch");
    assertThat(frame.source()).isEqualTo(FrameSource.FOLDER);
    assertThat(frame.path()).isEqualTo(file);
    assertThat(frame.size()).isEqualTo(picture.length);
    assertThat(frame.sha256()).isEqualTo(sha256(picture));
    assertThat(folders.arrived).containsExactly(frame);
    assertThat(file).hasBinaryContent(picture);
  }

  @Test
  void aFolderThatAppearsIsACamera() {
    folders.cameraFolder("garage");

    await().untilAsserted(() -> assertThat(folders.cameras.ids()).contains("garage"));
    assertThat(folders.intake.submitted()).isEmpty();
  }

  @Test
  void theFolderOfADisabledCameraIsLeftAloneUntilItIsEnabled() {
    folders.cameras.create(Camera.made("porch", "Porch", CameraSettings.STANDARD.withEnabled(false), Instant.EPOCH));
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    folders.put("porch/day/b.jpg", Pictures.jpeg(2));
    folders.nothingIsTakenBut();
    folders.ingest().scanSoon();
    folders.nothingIsTakenBut();

    folders.cameras.change("porch", camera -> camera.with("Porch", CameraSettings.STANDARD));
    folders.ingest().scanSoon();

    folders.awaitTakenInAnyOrder("a.jpg", "b.jpg");
    folders.put("porch/c.jpg", Pictures.jpeg(3));
    folders.awaitTakenInAnyOrder("a.jpg", "b.jpg", "c.jpg");
  }

  @Test
  void aFileCopiedSlowlyIsTakenOnceAndWhole() throws IOException {
    byte[] picture = Pictures.jpeg(1);
    Path file = folders.put("porch/slow.jpg", new byte[0]);
    int piece = picture.length / 4;

    for (int from = 0; from < picture.length; from += piece) {
      // Longer than a file has to rest.
      folders.nothingIsTakenBut();
      Files.write(file, Arrays.copyOfRange(picture, from, Math.min(picture.length, from + piece)),
          StandardOpenOption.APPEND);
    }

    folders.awaitTaken("slow.jpg");
    folders.nothingIsTakenBut("slow.jpg");
    assertThat(folders.ledger.taken()).extracting(Frame::sha256).containsOnlyOnce(sha256(picture));
    assertThat(folders.log.warnings()).isEmpty();
  }

  @Test
  void aFileThatGrowsLongAfterItWasGivenUpIsTakenThen() throws IOException {
    folders.close();
    folders = new TestFolders(temporary).start().settled();
    byte[] picture = Pictures.jpeg(1);
    int half = picture.length / 2;
    Path file = folders.put("porch/a.jpg", Arrays.copyOf(picture, half));
    folders.awaitRefused("damaged", 1);

    Files.write(file, Arrays.copyOfRange(picture, half, picture.length), StandardOpenOption.APPEND);

    folders.awaitTaken("a.jpg");
  }

  @Test
  void aPictureRenamedIntoPlaceIsTaken() throws IOException {
    Path hidden = folders.put("porch/a.jpg.part", Pictures.jpeg(1));

    Files.move(hidden, folders.root.resolve("porch/a.jpg"), StandardCopyOption.ATOMIC_MOVE);

    folders.awaitTaken("a.jpg");
  }

  @Test
  void foldersInFoldersAreWatchedFromTheMomentTheyAppear() {
    folders.put("porch/2025/12/23/first.jpg", Pictures.jpeg(1));
    folders.awaitTaken("first.jpg");

    folders.put("porch/2025/12/23/second.jpg", Pictures.jpeg(2));

    folders.awaitTaken("first.jpg", "second.jpg");
  }

  @Test
  void aTreeThatIsMovedInIsTakenInTheOrderOfTimes() throws IOException {
    Path outside = TestFolders.folder(temporary.resolve("outside/deeper"));
    for (int i = 1; i <= 3; i++) {
      TestFolders.dated(Files.write(outside.resolve(i + ".jpg"), Pictures.jpeg(i)), Duration.ofDays(10 - i));
    }

    Files.move(temporary.resolve("outside"), folders.cameraFolder("porch").resolve("archive"));

    folders.awaitTaken("1.jpg", "2.jpg", "3.jpg");
  }

  @Test
  void aFolderThatWasRenamedIsStillWatched() throws IOException {
    folders.put("porch/today/a.jpg", Pictures.jpeg(1));
    folders.awaitTaken("a.jpg");
    Files.move(folders.root.resolve("porch/today"), folders.root.resolve("porch/yesterday"));
    // Under its new name it is another file; whether it is the same picture is for the detection stage to say.
    folders.awaitTaken("a.jpg", "a.jpg");

    folders.put("porch/yesterday/b.jpg", Pictures.jpeg(2));

    folders.awaitTaken("a.jpg", "a.jpg", "b.jpg");
    assertThat(folders.ledger.taken().getLast().path()).isEqualTo(folders.root.resolve("porch/yesterday/b.jpg"));
  }

  @Test
  void theTypeIsInTheBytesAndNotInTheName() {
    folders.put("porch/really-a-jpeg.png", Pictures.jpeg(1));
    folders.awaitTaken("really-a-jpeg.png");

    folders.put("porch/b.JPG", Pictures.jpeg(2));
    folders.awaitTaken("really-a-jpeg.png", "b.JPG");

    folders.put("porch/c.Jpeg", Pictures.png(3));
    folders.awaitTaken("really-a-jpeg.png", "b.JPG", "c.Jpeg");
  }

  @Test
  void otherFilesAreLeftAlone() {
    folders.put("porch/a.mp4", Pictures.jpeg(1));
    folders.put("porch/.a.jpg.upload", Pictures.jpeg(2));

    folders.nothingIsTakenBut();
    assertThat(folders.log.warnings()).isEmpty();
  }

  @Test
  void bytesBehindThePictureDoNotMatter() {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Pictures.jpeg(1));
    bytes.writeBytes("made by a camera that signs its pictures".getBytes(StandardCharsets.UTF_8));

    folders.put("porch/signed.jpg", bytes.toByteArray());

    folders.awaitTaken("signed.jpg");
    assertThat(folders.ledger.taken().getFirst().sha256()).isEqualTo(sha256(bytes.toByteArray()));
  }

  @Test
  void aFileWithNewContentIsASecondFrame() {
    folders.put("porch/snapshot.jpg", Pictures.jpeg(1));
    folders.awaitTaken("snapshot.jpg");

    folders.put("porch/snapshot.jpg", Pictures.png(2));

    folders.awaitTaken("snapshot.jpg", "snapshot.jpg");
    assertThat(folders.ledger.taken()).extracting(Frame::sha256).doesNotHaveDuplicates();
  }

  @Test
  void aFileThatAppearsIsTakenHoweverOldItLooks() throws IOException {
    Path old = TestFolders.dated(Files.write(temporary.resolve("old.jpg"), Pictures.jpeg(1)), Duration.ofDays(400));
    folders.cameraFolder("porch");

    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Files.move(old, folders.root.resolve("porch/old.jpg"));

    folders.awaitTaken("old.jpg");
    assertThat(folders.ledger.taken().getFirst().capturedAt()).isAfterOrEqualTo(before);
  }

  @Test
  void theFramesTimeIsTheFilesUnlessThatIsOutOfQuestion() {
    Path recent = folders.put("porch/recent.jpg", Pictures.jpeg(1), Duration.ofHours(23));
    folders.awaitTaken("recent.jpg");
    folders.put("porch/future.jpg", Pictures.jpeg(2), Duration.ofHours(-1));
    folders.awaitTaken("recent.jpg", "future.jpg");

    List<Frame> frames = folders.ledger.taken();
    assertThat(frames.getFirst().capturedAt()).isEqualTo(modifiedAt(recent));
    assertThat(frames.getLast().capturedAt()).isEqualTo(frames.getLast().arrivedAt());
  }

  @Test
  void aCameraWhoseFramesHaveNoRoomHoldsUpNobodyElse() {
    folders.intake.fill("stuck");
    folders.put("stuck/a.jpg", Pictures.jpeg(1));
    await().until(() -> folders.intake.someoneWaitsFor("stuck"));

    folders.put("porch/b.jpg", Pictures.jpeg(2));
    folders.awaitTaken("b.jpg");

    folders.intake.free("stuck");
    folders.awaitTaken("b.jpg", "a.jpg");
  }

  @Test
  void aPictureOverwrittenWhileItWaitsForRoomIsTakenAsItIsThen() {
    folders.intake.fill("porch");
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    await().until(() -> folders.intake.someoneWaitsFor("porch"));
    byte[] second = Pictures.png(2);
    folders.put("porch/a.jpg", second);

    folders.intake.free("porch");

    folders.awaitTaken("a.jpg");
    assertThat(folders.ledger.taken().getFirst().sha256()).isEqualTo(sha256(second));
  }

  @Test
  void stopsWhileAPictureWaitsForRoomAndTakesItAtTheNextStart() {
    folders.intake.fill("porch");
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    await().until(() -> folders.intake.someoneWaitsFor("porch"));

    folders.stop();
    folders.stop();

    assertThat(folders.ledger.taken()).isEmpty();
    assertThat(folders.intake.someoneWaitsFor("porch")).isFalse();
    folders.intake.free("porch");
    folders.start();
    folders.awaitTaken("a.jpg");
  }

  private static Instant modifiedAt(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
