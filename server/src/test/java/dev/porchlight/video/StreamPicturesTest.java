package dev.porchlight.video;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.pipeline.FrameTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StreamPicturesTest {
  private static final byte[] JPEG = {1, 2, 3};
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456Z");

  private final MemoryLedger ledger = new MemoryLedger();
  private final List<FrameTask> offered = new ArrayList<>();
  private final List<Boolean> noticed = new ArrayList<>();

  @TempDir
  private Path folder;
  private StreamPictures pictures = new StreamPictures(Path.of("unused"), ledger, offered::add);

  @BeforeEach
  void useTheFolder() {
    pictures = new StreamPictures(folder, ledger, offered::add);
  }

  @Test
  void aPictureInWhichNothingWasFoundGoesWhenTheNextHasBeenLookedAt() {
    Path first = keep(NOON);
    Path second = keep(NOON.plusSeconds(1));
    end(0, FrameState.DONE, 0);
    assertThat(first).as("the latest picture of the camera").exists();

    end(1, FrameState.DONE, 0);

    assertThat(first).doesNotExist();
    assertThat(second).exists();
    assertThat(noticed).containsExactly(false, false);
  }

  @Test
  void aPictureInWhichSomethingWasFoundStays() {
    Path first = keep(NOON);
    Path second = keep(NOON.plusSeconds(1));
    Path third = keep(NOON.plusSeconds(2));
    end(0, FrameState.DONE, 0);
    end(1, FrameState.DONE, 1);
    end(2, FrameState.DONE, 0);

    assertThat(first).doesNotExist();
    assertThat(second).exists().isEqualTo(folder.resolve("cam-1/2026-06-01/120001.123456.jpg"));
    assertThat(third).exists();
    assertThat(noticed).containsExactly(false, true, false);
  }

  @Test
  void aDroppedPictureGoesAndOneWhoseEndIsNotKnownStays() {
    Path dropped = keep(NOON);
    Path failed = keep(NOON.plusSeconds(1));
    end(0, FrameState.DROPPED, 0);
    offered.get(1).outcome().completeExceptionally(new IllegalStateException("closing"));

    assertThat(dropped).doesNotExist();
    assertThat(failed).as("the next start takes it up").exists();
  }

  @Test
  void aClockThatIsSetBackOverwritesNothing() {
    Path first = keep(NOON);
    Path second = keep(NOON);

    assertThat(second).isNotEqualTo(first).exists();
    assertThat(first).exists();
  }

  @Test
  void aSweepLeavesWhatIsNeededTheLatestAndWhatCameLater() throws IOException {
    Path waiting = keep(NOON);
    Path empty = keep(NOON.plusSeconds(1));
    Path latest = keep(NOON.plusSeconds(2));
    Files.setLastModifiedTime(latest, FileTime.from(Instant.now().plusSeconds(1)));
    ledger.need(new FileVersion(waiting, JPEG.length, Files.getLastModifiedTime(waiting).toInstant()));

    new Sweep(ledger, NOON, _ -> false).run(folder);
    assertThat(empty).as("made after the moment given").exists();
    new Sweep(ledger, Instant.now().plusSeconds(1), path -> path.endsWith("cam-1")).run(folder);
    assertThat(empty).as("spared").exists();
    new Sweep(ledger, Instant.now().plusSeconds(1), _ -> false).run(folder);

    assertThat(empty).doesNotExist();
    assertThat(waiting).exists();
    assertThat(latest).exists();
  }

  private Path keep(Instant at) {
    pictures.keep("cam-1", JPEG, at, noticed::add);
    return offered.getLast().frame().path();
  }

  private void end(int which, FrameState state, int found) {
    var detections = new ArrayList<StoredDetection>();
    for (int i = 0; i < found; i++) {
      detections.add(new StoredDetection(new Detection(1, "cam-1", "person", 0.9, NOON, 1, 2, 3, 4), 1, 1,
          "streams/a.jpg"));
    }
    offered.get(which).outcome().complete(new FrameOutcome(state, "", detections));
  }
}
