package dev.porchlight.ingest;

import dev.porchlight.domain.FrameState;
import dev.porchlight.pipeline.ClipIntake.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Videos are found as pictures are, and handed on to who reads them. */
final class ClipsInFoldersTest {
  private static final byte[] FILM = new byte[100];

  @TempDir
  private Path temporary;
  private TestFolders folders;

  @BeforeEach
  void make() {
    folders = new TestFolders(temporary).rescanEvery(Duration.ofMillis(100));
  }

  @AfterEach
  void close() {
    folders.close();
  }

  @Test
  void aVideoIsHandedOnOnceHoweverOftenFoldersAreGoneThrough() {
    folders.start().settled();
    folders.put("porch/a.MP4", FILM);
    folders.put("porch/b.mkv", FILM);
    folders.put("porch/c.webm", FILM);
    folders.put("porch/notes.txt", FILM);

    await().untilAsserted(() -> assertThat(folders.clips.read).hasSize(3));
    folders.nothingIsTakenBut();
    folders.put("porch/d.mkv", FILM);
    await().until(() -> folders.clips.read.contains("porch/d.mkv"));
    assertThat(folders.clips.read).containsExactlyInAnyOrder("porch/a.MP4", "porch/b.mkv", "porch/c.webm",
        "porch/d.mkv");
  }

  @Test
  void oneThatIsNotWholeIsLookedAtUntilItHasRestedAndThenRejectedOnce() {
    folders.clips.say(new Reading.Unfinished(), new Reading.Refused("no picture in it can be decoded"));
    folders.start().settled();
    folders.put("porch/cut.avi", FILM);

    folders.awaitRefused("damaged", 1);

    assertThat(folders.clips.read).hasSizeGreaterThanOrEqualTo(2);
    assertThat(folders.ledger.names(FrameState.REJECTED)).containsExactly("cut.avi");
    folders.nothingIsTakenBut();
    assertThat(folders.refused("damaged")).isEqualTo(1);
    assertThat(folders.log.warnings()).singleElement().asString().contains("cut.avi", "can be decoded");
  }

  @Test
  void oneThatIsTooLargeIsRejectedAndNotRead() {
    folders.start().settled();
    folders.put("porch/huge.mov", new byte[(int) TestFolders.MAX_CLIP_SIZE + 1]);

    folders.awaitRefused("too_large", 1);

    assertThat(folders.clips.read).isEmpty();
  }

  @Test
  void anOldOneIsHistoryUnlessItsReadingHadBegun() {
    TestFolders.dated(folders.put("porch/old.mp4", FILM), Duration.ofDays(3));
    TestFolders.dated(folders.put("porch/begun.mp4", FILM), Duration.ofDays(3));
    folders.clips.begunBefore("begun.mp4");

    folders.lastAliveAt(Instant.now().minus(Duration.ofDays(2))).start().settled();

    await().untilAsserted(() -> assertThat(folders.clips.read).contains("porch/begun.mp4"));
    assertThat(folders.ledger.names(FrameState.SEEN)).containsExactly("old.mp4");
  }

  @Test
  void picturesThatCameLaterComeLater() {
    TestFolders.dated(folders.put("porch/1.mp4", FILM), Duration.ofMinutes(3));
    TestFolders.dated(folders.put("porch/2.jpg", Pictures.jpeg(1)), Duration.ofMinutes(2));

    folders.start();
    folders.awaitTaken("2.jpg");

    assertThat(folders.clips.read).containsExactly("porch/1.mp4");
  }
}
