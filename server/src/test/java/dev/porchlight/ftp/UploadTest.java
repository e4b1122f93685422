package dev.porchlight.ftp;

import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a real client can put where, and what it cannot. */
final class UploadTest {
  private static final byte[] PICTURE = MadePictures.jpeg(MadePictures.noise(160, 120));

  @TempDir
  private Path root;
  @TempDir
  private Path elsewhere;
  private TestDoor door;

  @BeforeEach
  void open() throws IOException {
    door = TestDoor.open(root);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aPictureLandsInItsCamerasFolderAndIsASignOfLife() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(TestDoor.store(front, "visit.jpg", PICTURE)).as(front.getReplyString()).isTrue();

    assertThat(front.getReplyCode()).isEqualTo(226);
    assertThat(root.resolve("front/visit.jpg")).hasBinaryContent(PICTURE);
    assertThat(door.files()).containsExactly("front/visit.jpg");
    assertThat(door.incoming()).isEmpty();
    // One for the login.
    assertThat(door.seen()).containsExactly("front", "front");
  }

  @Test
  void foldersAreThereWhenACameraWantsThemAndOnDiskWhenSomethingIsInThem() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(front.makeDirectory("2026-11-25")).isTrue();
    assertThat(front.changeWorkingDirectory("/2026-11-25/images")).isTrue();
    assertThat(TestDoor.store(front, "a.jpg", PICTURE)).isTrue();
    assertThat(front.changeToParentDirectory()).isTrue();
    assertThat(TestDoor.store(front, "/b.JPG", PICTURE)).isTrue();
    assertThat(front.printWorkingDirectory()).isEqualTo("/2026-11-25");

    assertThat(door.files()).containsExactly("front/2026-11-25/images/a.jpg", "front/b.JPG");
    assertThat(front.listFiles("images")).extracting(FTPFile::getName).containsExactly("a.jpg");
    assertThat(front.mlistDir("images")).extracting(FTPFile::getSize).containsExactly((long) PICTURE.length);
  }

  @Test
  void aCameraSeesNothingOfAnotherAndNothingThatWasThereBefore() throws IOException {
    FTPClient front = door.camera("front");
    assertThat(TestDoor.store(front, "visit.jpg", PICTURE)).isTrue();

    FTPClient garden = door.camera("garden");
    assertThat(garden.listNames()).isEmpty();
    assertThat(garden.retrieveFileStream("visit.jpg")).isNull();
    assertThat(garden.getReplyCode()).isEqualTo(550);
    assertThat(garden.retrieveFileStream("/../front/visit.jpg")).isNull();
    assertThat(garden.changeWorkingDirectory("../front")).isFalse();

    FTPClient again = door.camera("front");
    assertThat(again.listNames()).isEmpty();
    assertThat(again.retrieveFileStream("visit.jpg")).isNull();
    assertThat(again.deleteFile("visit.jpg")).isFalse();
    assertThat(again.rename("visit.jpg", "gone.jpg")).isFalse();
    assertThat(again.removeDirectory("/")).isFalse();
    assertThat(door.files()).containsExactly("front/visit.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../escape.jpg", "/../escape.jpg", "a/../../escape.jpg", "a/../../garden/escape.jpg",
    "..\\escape.jpg", "C:\\escape.jpg", "nul\0.jpg", "bell\u0007.jpg", "turned\u202E.jpg", ".hidden.jpg",
    ".ftp-incoming/escape.jpg", "a/.../.b/escape.jpg", "1/2/3/4/5/6/7/8/deep.jpg"})
  void aNameThatIsATrickIsRefused(String name) throws IOException {
    FTPClient front = door.camera("front");

    assertThat(TestDoor.store(front, name, PICTURE)).isFalse();

    assertThat(front.getReplyCode()).isEqualTo(553);
    assertThat(front.getReplyString()).contains("Name not allowed");
    assertThat(door.files()).isEmpty();
    assertThat(door.refused("bad_name")).isEqualTo(1);
    // And the session goes on.
    assertThat(TestDoor.store(front, "good.jpg", PICTURE)).isTrue();
  }

  @Test
  void aNameThatIsTooLongIsRefused() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(TestDoor.store(front, "x".repeat(300) + ".jpg", PICTURE)).isFalse();
    assertThat(front.getReplyCode()).isEqualTo(553);

    FTPClient second = door.camera("second");
    assertThat(TestDoor.store(second, "x".repeat(3_000) + ".jpg", PICTURE)).isFalse();
    assertThat(second.getReplyCode()).isEqualTo(501);
    assertThat(door.files()).isEmpty();
  }

  /** Breaks when {@code CameraFolders} follows links: then the picture is outside. */
  @Test
  void aSymbolicLinkIsNotFollowed() throws IOException {
    Files.createDirectories(root.resolve("front"));
    Files.createSymbolicLink(root.resolve("front/link"), elsewhere);
    Files.createSymbolicLink(root.resolve("garden"), elsewhere);

    FTPClient front = door.camera("front");
    assertThat(TestDoor.store(front, "link/out.jpg", PICTURE)).isFalse();
    assertThat(front.getReplyCode()).isEqualTo(553);
    assertThat(TestDoor.store(door.camera("garden"), "out.jpg", PICTURE)).isFalse();

    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void whatIsNeitherPictureNorClipIsRefusedByItsNameOrItsBytes() throws IOException {
    FTPClient front = door.camera("front");

    for (String name : List.of("run.sh", "picture", "index.html", "a.jpg.exe")) {
      assertThat(TestDoor.store(front, name, PICTURE)).as(name).isFalse();
      assertThat(front.getReplyCode()).isEqualTo(553);
    }
    assertThat(TestDoor.store(front, "text.jpg", "no picture".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(front.getReplyCode()).isEqualTo(550);
    assertThat(TestDoor.store(front, "empty.jpg", new byte[0])).isFalse();
    assertThat(front.getReplyCode()).isEqualTo(451);
    assertThat(TestDoor.store(front, "clip.mp4", new byte[1000])).isTrue();

    assertThat(door.files()).containsExactly("front/clip.mp4");
    assertThat(door.refused("wrong_kind")).isEqualTo(4);
  }

  @Test
  void theTestOfACameraSucceedsAndLeavesNothing() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(TestDoor.store(front, "test.txt", "hello".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(front.listNames()).containsExactly("test.txt");
    assertThat(front.deleteFile("test.txt")).isTrue();
    assertThat(TestDoor.store(front, "big.txt", new byte[5_000])).isFalse();
    assertThat(front.getReplyCode()).isEqualTo(552);

    assertThat(door.files()).isEmpty();
    assertThat(door.incoming()).isEmpty();
  }

  @Test
  void twoPicturesOfOneNameAreBothKept() throws IOException {
    FTPClient front = door.camera("front");
    byte[] other = MadePictures.jpeg(MadePictures.noise(32, 32));

    assertThat(TestDoor.store(front, "snapshot.jpg", PICTURE)).isTrue();
    assertThat(TestDoor.store(front, "snapshot.jpg", other)).isTrue();

    assertThat(root.resolve("front/snapshot.jpg")).hasBinaryContent(PICTURE);
    assertThat(door.files()).hasSize(2)
        .last()
        .asString()
        .matches("front/snapshot-\\d{8}-\\d{6}\\.\\d{3}-[0-9a-f]{4}\\.jpg|front/snapshot\\.jpg");
  }

  @Test
  void aPictureSentAsTmpArrivesWhenItIsRenamed() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(TestDoor.store(front, "visit.jpg.tmp", PICTURE)).isTrue();
    assertThat(door.files()).isEmpty();
    assertThat(front.rename("visit.jpg.tmp", "day/visit.jpg")).as(front.getReplyString()).isTrue();
    assertThat(door.files()).containsExactly("front/day/visit.jpg");

    // Half of one does not, whatever it is called in the end; nor does one that leaves.
    assertThat(TestDoor.store(front, "half.tmp", Arrays.copyOf(PICTURE, PICTURE.length / 2))).isTrue();
    assertThat(front.rename("half.tmp", "half.jpg")).isFalse();
    assertThat(TestDoor.store(front, "whole.tmp", PICTURE)).isTrue();
    assertThat(front.rename("whole.tmp", "../whole.jpg")).isFalse();
    front.disconnect();
    await().until(() -> door.incoming().isEmpty());
    assertThat(door.files()).containsExactly("front/day/visit.jpg");
  }

  @Test
  void anUploadThatIsAbortedLeavesNothing() throws IOException {
    FTPClient front = door.camera("front");
    OutputStream data = front.storeFileStream("visit.jpg");
    data.write(PICTURE, 0, PICTURE.length / 2);
    data.flush();
    await().until(() -> !door.incoming().isEmpty());

    assertThat(front.sendCommand("ABOR")).isEqualTo(426);
    assertThat(front.getReply()).isEqualTo(226);

    assertThat(door.files()).isEmpty();
    assertThat(door.incoming()).isEmpty();
    assertThat(TestDoor.store(front, "visit.jpg", PICTURE)).isTrue();
  }

  /** The whole clip has come, and would count: but for the word that it shall not. */
  @Test
  void anUploadThatIsAbortedAtItsVeryEndLeavesNothing() throws IOException {
    FTPClient front = door.camera("front");
    OutputStream data = front.storeFileStream("clip.mp4");
    data.write(new byte[1000]);
    data.flush();
    // Else the word might be there before the data connection, and be answered as one that comes to nothing.
    await().until(() -> !door.incoming().isEmpty());

    assertThat(front.sendCommand("ABOR")).isEqualTo(426);
    data.close();

    assertThat(front.getReply()).isEqualTo(226);
    assertThat(door.files()).isEmpty();
  }

  @Test
  void aDataConnectionThatIsResetLeavesNothing() throws IOException {
    FTPClient front = door.camera("front");
    front.sendCommand("EPSV");
    int port = Integer.parseInt(front.getReplyString().replaceAll(".*\\|\\|\\|(\\d+)\\|.*\\R*", "$1"));
    var data = new Socket(InetAddress.getLoopbackAddress(), port);
    assertThat(front.sendCommand("STOR", "visit.jpg")).isEqualTo(150);
    data.getOutputStream().write(PICTURE, 0, PICTURE.length / 2);
    await().until(() -> !door.incoming().isEmpty());
    data.setSoLinger(true, 0);
    data.close();

    assertThat(front.getReply()).isEqualTo(426);
    assertThat(door.files()).isEmpty();
    assertThat(door.incoming()).isEmpty();
  }

  @Test
  void aControlConnectionThatEndsInTheMiddleLeavesNothing() throws IOException {
    FTPClient front = door.camera("front");
    OutputStream data = front.storeFileStream("clip.mp4");
    data.write(new byte[100_000]);
    data.flush();
    await().until(() -> !door.incoming().isEmpty());

    front.disconnect();

    await().until(() -> door.incoming().isEmpty());
    data.close();
    assertThat(door.files()).isEmpty();
    assertThat(door.refused("aborted")).isEqualTo(1);
  }

  @Test
  void aPictureThatEndsTooEarlyIsToldSoAndLeavesNothing() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(TestDoor.store(front, "visit.jpg", Arrays.copyOf(PICTURE, PICTURE.length / 2))).isFalse();

    assertThat(front.getReplyCode()).isEqualTo(451);
    assertThat(door.files()).isEmpty();
    assertThat(door.incoming()).isEmpty();
    assertThat(door.refused("incomplete")).isEqualTo(1);
  }

  @Test
  void nothingIsResumed() throws IOException {
    FTPClient front = door.camera("front");

    assertThat(front.sendCommand("REST", "0")).isEqualTo(350);
    assertThat(front.sendCommand("REST", "1000")).isEqualTo(502);
    assertThat(front.appendFile("visit.jpg", new java.io.ByteArrayInputStream(PICTURE))).isTrue();
    assertThat(TestDoor.store(front, "visit.tmp", PICTURE)).isTrue();
    assertThat(front.appendFile("visit.tmp", new java.io.ByteArrayInputStream(PICTURE))).isFalse();

    assertThat(root.resolve("front/visit.jpg")).hasBinaryContent(PICTURE);
  }

  @Test
  void aTypeThatWouldChangeBytesIsNotTaken() throws IOException {
    FTPClient front = door.camera("front");
    front.setFileType(org.apache.commons.net.ftp.FTP.ASCII_FILE_TYPE);
    assertThat(front.sendCommand("EPSV")).isEqualTo(229);
    int port = Integer.parseInt(front.getReplyString().replaceAll(".*\\|\\|\\|(\\d+)\\|.*\\R*", "$1"));

    try (var data = new Socket(InetAddress.getLoopbackAddress(), port)) {
      assertThat(front.sendCommand("STOR", "visit.jpg")).isEqualTo(150);
      data.getOutputStream().write(PICTURE);
    }

    assertThat(front.getReply()).isEqualTo(226);
    assertThat(root.resolve("front/visit.jpg")).hasBinaryContent(PICTURE);
  }

  @Test
  void tooLargeIsRefusedAndLeavesNothing() throws IOException {
    try (var small = TestDoor.open(elsewhere, "ftp.max-file-size=2KiB", "ftp.max-upload-size=1MiB")) {
      FTPClient front = small.camera("front");

      assertThat(TestDoor.store(front, "visit.jpg", PICTURE)).isFalse();
      assertThat(front.getReplyCode()).isEqualTo(552);
      assertThat(TestDoor.store(front, "clip.mp4", new byte[1 << 20])).isTrue();
      assertThat(TestDoor.store(front, "clip2.mp4", new byte[(1 << 20) + 1])).isFalse();
      assertThat(front.getReplyCode()).isEqualTo(552);
      // Not by another name either.
      assertThat(TestDoor.store(front, "visit.tmp", PICTURE)).isTrue();
      assertThat(front.rename("visit.tmp", "visit.jpg")).isFalse();

      assertThat(small.files()).containsExactly("front/clip.mp4");
      assertThat(small.incoming()).isEmpty();
    }
  }

  @Test
  void tooMuchThatIsUnfinishedIsRefusedAndTheOtherCameraIsNotAffected() throws IOException {
    try (var small = TestDoor.open(elsewhere, "ftp.max-unfinished=1MiB")) {
      FTPClient front = small.camera("front");

      assertThat(TestDoor.store(front, "a.tmp", new byte[700_000])).isTrue();
      assertThat(TestDoor.store(front, "b.tmp", new byte[700_000])).isFalse();
      assertThat(front.getReplyCode()).isEqualTo(452);
      assertThat(TestDoor.store(small.camera("garden"), "b.tmp", new byte[700_000])).isTrue();
      assertThat(front.deleteFile("a.tmp")).isTrue();
      assertThat(TestDoor.store(front, "b.tmp", new byte[700_000])).isTrue();
    }
  }

  @Test
  void aCameraThatSendsFasterThanItMayIsSlowedDown() throws IOException {
    try (var slow = TestDoor.open(elsewhere, "ftp.max-rate=256KiB")) {
      FTPClient front = slow.camera("front");
      long start = System.nanoTime();

      assertThat(TestDoor.store(front, "clip.mp4", new byte[512 << 10])).isTrue();

      // Half a second's worth may come at once.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_200));
    }
  }
}
