package dev.porchlight.ingest;

import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Health;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is found by going through the folders: at start, every so often, and when notifications were lost. */
final class StartAndRescanTest {
  private static final Duration OFTEN = Duration.ofMillis(100);

  @TempDir
  private Path temporary;
  private TestFolders folders;

  @BeforeEach
  void prepare() {
    folders = new TestFolders(temporary);
  }

  @AfterEach
  void close() {
    folders.close();
  }

  @Test
  void createsTheRootAndIsWell() {
    folders.start().settled();

    assertThat(folders.root).isDirectory();
    assertThat(folders.ingest().status().status()).isEqualTo(Health.Status.OK);
  }

  @Test
  void whatArrivedWhileItWasDownIsTakenInTheOrderOfTimes() {
    folders.put("porch/zeta/1.jpg", Pictures.jpeg(1), Duration.ofHours(5));
    folders.put("porch/3.jpg", Pictures.jpeg(3), Duration.ofHours(1));
    folders.put("porch/alpha/2.jpg", Pictures.jpeg(2), Duration.ofHours(3));

    folders.start();

    folders.awaitTaken("1.jpg", "2.jpg", "3.jpg");
  }

  @Test
  void whatIsOlderThanTheBacklogIsOnlyRecordedAndOneLineSaysHowMany() {
    IntStream.rangeClosed(1, 3)
        .forEach(i -> folders.put("porch/old" + i + ".jpg", Pictures.jpeg(i), Duration.ofHours(24 + i)));
    folders.put("porch/new.jpg", Pictures.jpeg(4), Duration.ofHours(23));

    folders.start();

    folders.awaitTaken("new.jpg");
    folders.nothingIsTakenBut("new.jpg");
    assertThat(folders.ledger.names(FrameState.SEEN)).containsExactlyInAnyOrder("old1.jpg", "old2.jpg", "old3.jpg");
    assertThat(folders.log.with("recorded as seen")).singleElement().asString().contains("porch", "3 pictures");
  }

  @Test
  void whatAppearsBeforeEverythingWasGoneThroughIsTakenHoweverOldItLooks() {
    folders.put("porch/history.jpg", Pictures.jpeg(1), Duration.ofDays(400));
    folders.ledger.breakDown(true);
    folders.watchedBy(new FakeWatch()).rescanEvery(OFTEN).start();
    await().until(() -> folders.ingest().status().status() == Health.Status.DEGRADED);
    folders.put("porch/news.jpg", Pictures.jpeg(2), Duration.ofDays(400));

    folders.ledger.breakDown(false);

    folders.awaitTaken("news.jpg");
    assertThat(folders.ledger.names(FrameState.SEEN)).containsExactly("history.jpg");
  }

  @Test
  void whatCameWhileTheServerBeforeRanIsTakenHoweverOldItLooks() {
    folders.put("porch/copied.jpg", Pictures.jpeg(1), Duration.ofDays(400));

    folders.lastAliveAt(Instant.now().plusSeconds(1)).start();

    folders.awaitTaken("copied.jpg");
    assertThat(folders.ledger.names(FrameState.SEEN)).isEmpty();
  }

  @Test
  void aRestartTakesNothingTwice() {
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    folders.put("porch/old.jpg", Pictures.jpeg(2), Duration.ofDays(3));
    folders.put("porch/bad.jpg", new byte[]{1, 2, 3, 4, 5, 6, 7, 8, 9});
    folders.start();
    folders.awaitTaken("a.jpg");
    folders.awaitRefused("not_a_picture", 1);
    folders.stop();

    folders.rescanEvery(OFTEN).start().settled();

    folders.nothingIsTakenBut("a.jpg");
    assertThat(folders.refused("not_a_picture")).isEqualTo(1);
    assertThat(folders.log.with("recorded as seen")).hasSize(1);
  }

  @Test
  void aRescanFindsWhatNobodyNoticedHoweverOldItIs() throws IOException {
    Path tree = TestFolders.folder(temporary.resolve("tree"));
    TestFolders.dated(Files.write(tree.resolve("a.jpg"), Pictures.jpeg(1)), Duration.ofDays(400));
    folders.cameraFolder("porch");
    folders.watchedBy(new FakeWatch()).rescanEvery(OFTEN).start().settled();

    // A move leaves all in the tree as it was, and shows only in the folder that it comes to.
    Files.move(tree, folders.root.resolve("porch/tree"));

    folders.awaitTaken("a.jpg");
  }

  @Test
  void lostNotificationsLeadToAScanAndOneLine() {
    var watch = new FakeWatch();
    folders.cameraFolder("porch");
    folders.watchedBy(watch).start();
    await().until(() -> watch.watches(folders.root.resolve("porch")));
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    Path told = folders.put("porch/b.jpg", Pictures.jpeg(2));
    watch.tell(new DirectoryWatch.Hints(List.of(told), List.of(), false));
    folders.awaitTaken("b.jpg");

    watch.tell(new DirectoryWatch.Hints(List.of(), List.of(), true));

    folders.awaitTaken("b.jpg", "a.jpg");
    assertThat(folders.log.with("Notifications")).hasSize(1);
  }

  @Test
  void pollingDoesWithoutNotifications() {
    folders.polling().start();
    folders.put("porch/deep/a.jpg", Pictures.jpeg(1));
    folders.awaitTaken("a.jpg");

    folders.put("porch/deep/b.jpg", Pictures.jpeg(2));

    folders.awaitTaken("a.jpg", "b.jpg");
    assertThat(folders.ingest().status().status()).isEqualTo(Health.Status.OK);
  }

  @Test
  void aFolderWhoseWatchFailsIsGoneThroughAndOneLineSaysSo() throws IOException {
    try (var service = FileSystems.getDefault().newWatchService()) {
      folders.cameraFolder("porch");
      folders.watchedBy(new NioDirectoryWatch(service, (_, _) -> {
        throw new IOException("User limit of inotify watches reached");
      })).rescanEvery(OFTEN).start();
      await().until(() -> folders.ingest().status().status() == Health.Status.DEGRADED);

      folders.put("porch/a.jpg", Pictures.jpeg(1));

      folders.awaitTaken("a.jpg");
      assertThat(folders.log.with("cannot be watched")).hasSize(1);
    }
  }

  @Test
  void aFloodIsTakenInOrderThoughFewFindRoomAtATime() {
    IntStream.range(10, 40)
        .forEach(i -> folders.put("porch/" + (71 - i) + ".jpg", Pictures.jpeg(i), Duration.ofMinutes(i)));

    folders.atMostCandidates(4).start();

    folders.awaitTaken(IntStream.range(32, 62).mapToObj(i -> i + ".jpg").toArray(String[]::new));
    assertThat(folders.deferred()).isPositive();
  }

  @Test
  void aRootThatVanishesIsMissedAndTakenUpAgain() throws IOException {
    folders.rescanEvery(OFTEN).start().settled();
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    folders.awaitTaken("a.jpg");
    Path elsewhere = temporary.resolve("unmounted");

    Files.move(folders.root, elsewhere);
    await().until(() -> folders.ingest().status().status() == Health.Status.DOWN);
    assertThat(folders.root).doesNotExist();
    Files.move(elsewhere, folders.root);
    await().until(() -> folders.ingest().status().status() == Health.Status.OK);
    folders.put("porch/b.jpg", Pictures.jpeg(2));

    folders.awaitTaken("a.jpg", "b.jpg");
    assertThat(folders.log.with("is gone or cannot be read")).hasSize(1);
  }

  @Test
  void aDriveFullOfOldPicturesThatTurnsUpLaterIsOnlyRecorded() throws IOException {
    Path drive = TestFolders.folder(temporary.resolve("drive/porch"));
    TestFolders.dated(Files.write(drive.resolve("old.jpg"), Pictures.jpeg(1)), Duration.ofDays(30));
    Files.write(drive.resolve("new.jpg"), Pictures.jpeg(2));
    folders.rescanEvery(OFTEN).start().settled();

    Files.move(folders.root, temporary.resolve("empty"));
    await().until(() -> folders.ingest().status().status() == Health.Status.DOWN);
    Files.move(temporary.resolve("drive"), folders.root);

    folders.awaitTaken("new.jpg");
    assertThat(folders.ledger.names(FrameState.SEEN)).containsExactly("old.jpg");
  }

  @Test
  void whileTheStoreFailsPicturesWaitAndOneLineSaysSo() {
    folders.rescanEvery(OFTEN).start().settled();
    folders.ledger.breakDown(true);
    folders.put("porch/a.jpg", Pictures.jpeg(1));
    await().until(() -> folders.ingest().status().status() == Health.Status.DEGRADED);
    assertThat(folders.intake.submitted()).isEmpty();

    folders.ledger.breakDown(false);

    folders.awaitTaken("a.jpg");
    assertThat(folders.log.with("new pictures wait until the store works again")).hasSize(1);
    assertThat(folders.log.with("nothing is taken until the store works again")).hasSizeLessThanOrEqualTo(1);
  }
}
