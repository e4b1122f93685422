package dev.porchlight.ingest;

import dev.porchlight.domain.FrameState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/** Each bad thing gives one line and is counted once, stays where it is, and stops nothing. */
final class BadInputTest {
  @TempDir
  private Path temporary;
  private TestFolders folders;

  @BeforeEach
  void start() {
    folders = new TestFolders(temporary).rescanEvery(Duration.ofMillis(100)).start().settled();
  }

  @AfterEach
  void everythingElseIsStillTaken() {
    int before = folders.intake.submitted().size();
    folders.put("porch/good.jpg", Pictures.jpeg(99));
    await().untilAsserted(() -> assertThat(folders.intake.submitted()).hasSize(before + 1));
    folders.close();
  }

  @Test
  void aTruncatedPicture() {
    byte[] picture = Pictures.jpeg(1);

    assertRefused("porch/cut.jpg", Arrays.copyOf(picture, picture.length - 20), "damaged", "it ends before");
  }

  @Test
  void anEmptyFile() {
    assertRefused("porch/empty.png", new byte[0], "damaged", "it is empty");
  }

  @Test
  void aFileThatIsNoPicture() {
    assertRefused("porch/text.jpg", new byte[]{'h', 'e', 'l', 'l', 'o', ' ', 'y', 'o', 'u'}, "not_a_picture",
        "neither a JPEG nor a PNG");
  }

  @Test
  void aFileThatIsTouchedAfterItWasRefusedIsNoNews() throws IOException {
    Path file = folders.put("porch/text.jpg", "no picture at all".getBytes(StandardCharsets.UTF_8));
    folders.awaitRefused("not_a_picture", 1);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));

    assertToldOnce("not_a_picture", "text.jpg");
  }

  @Test
  void aPictureOfTooManyPixels() {
    assertRefused("porch/huge.png", Pictures.pngThatClaims(50_000, 1_001), "too_many_pixels", "50000x1001 pixels");
  }

  @Test
  void aPictureWithASideThatIsTooLong() {
    assertRefused("porch/long.png", Pictures.pngThatClaims(49_000_000, 1), "too_many_pixels", "65535 on a side");
  }

  @Test
  void aFileOfTooManyBytes() {
    assertRefused("porch/huge.jpg", Arrays.copyOf(Pictures.jpeg(1), (32 << 20) + 1), "too_large", "bytes, more than");
  }

  @Test
  void aFileMadeRoomForAndFilledLaterIsNotBadInput() {
    startPatiently();
    byte[] picture = Pictures.jpeg(1);
    folders.put("porch/a.jpg", new byte[picture.length]);
    folders.nothingIsTakenBut();

    folders.put("porch/a.jpg", picture);

    folders.awaitTaken("a.jpg");
    assertThat(folders.log.warnings()).isEmpty();
  }

  @Test
  void aFolderWhoseNameIsNoCameraId() {
    folders.put("front door/a.jpg", Pictures.jpeg(1));

    assertToldOnce("no_camera", "front door");
    assertThat(folders.cameras.ids()).doesNotContain("front door");
  }

  @Test
  void aLineBreakInANameIsNoSecondLine() {
    folders.put("front\n2025-12-23 INFO all is well/a.jpg", Pictures.jpeg(1));

    folders.awaitRefused("no_camera", 1);
    assertThat(folders.log.with("all is well")).singleElement().asString().doesNotContain("\n");
  }

  @Test
  void aPictureInNoCamerasFolder() {
    folders.put("stray.jpg", Pictures.jpeg(1));

    assertToldOnce("no_camera", "stray.jpg");
  }

  @Test
  void aLinkThatLeavesTheRoot() throws IOException {
    Path secret = Files.write(temporary.resolve("secret.jpg"), Pictures.jpeg(1));

    Files.createSymbolicLink(folders.cameraFolder("porch").resolve("link.jpg"), secret);

    assertToldOnce("link", "link.jpg");
  }

  @Test
  void aLinkToAFolder() throws IOException {
    Path outside = TestFolders.folder(temporary.resolve("outside"));
    Files.write(outside.resolve("a.jpg"), Pictures.jpeg(1));

    Files.createSymbolicLink(folders.cameraFolder("porch").resolve("linked"), outside);

    assertToldOnce("link", "linked");
  }

  @Test
  void aLinkInPlaceOfACamerasFolder() throws IOException {
    Path outside = TestFolders.folder(temporary.resolve("outside"));
    Files.write(outside.resolve("a.jpg"), Pictures.jpeg(1));

    Files.createSymbolicLink(folders.root.resolve("garage"), outside);

    assertToldOnce("link", "garage");
  }

  @Test
  void aLinkThatStaysInsideIsTaken() throws IOException {
    Path file = folders.put("porch/a.jpg", Pictures.jpeg(1));
    folders.awaitTaken("a.jpg");

    Files.createSymbolicLink(folders.root.resolve("porch/latest.jpg"), file);

    folders.awaitTaken("a.jpg", "latest.jpg");
  }

  @Test
  void anUnreadableFileIsTakenOnceItCanBeRead() throws IOException {
    Path file = folders.put("porch/locked.jpg", Pictures.jpeg(1));
    // The root user reads it all the same.
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(file)).as("files can be locked for this user").isFalse();
    assertToldOnce("unreadable", "locked.jpg");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    folders.awaitTaken("locked.jpg");
  }

  @Test
  void aFileThatVanishesBeforeItIsRead() throws IOException {
    startPatiently();
    Path file = folders.put("porch/gone.jpg", new byte[0]);
    folders.nothingIsTakenBut();

    Files.delete(file);

    assertToldOnce("vanished", "gone.jpg");
  }

  @Test
  void aFolderThatVanishesIsOneLineForAllThatIsInIt() throws IOException {
    startPatiently();
    Path first = folders.put("porch/day/1.jpg", new byte[0]);
    folders.put("porch/day/2.jpg", new byte[0]);
    folders.nothingIsTakenBut();

    Files.move(folders.root.resolve("porch/day"), temporary.resolve("removed"));

    assertToldOnce("vanished", "day");
    assertThat(first).doesNotExist();
  }

  private void startPatiently() {
    folders.close();
    folders = new TestFolders(temporary).rescanEvery(Duration.ofMillis(100)).patient().start().settled();
  }

  private void assertRefused(String name, byte[] bytes, String reason, String why) {
    Path file = folders.put(name, bytes);

    assertToldOnce(reason, file.getFileName().toString());

    assertThat(folders.log.warnings()).singleElement().asString().contains(why);
    assertThat(folders.ledger.names(FrameState.REJECTED)).containsExactly(file.getFileName().toString());
    assertThat(file).hasSize(bytes.length);
  }

  /** Also after several rescans. */
  private void assertToldOnce(String reason, String name) {
    folders.awaitRefused(reason, 1);
    folders.nothingIsTakenBut();
    assertThat(folders.refused(reason)).isEqualTo(1);
    assertThat(folders.log.warnings()).singleElement().asString().contains(name);
  }
}
