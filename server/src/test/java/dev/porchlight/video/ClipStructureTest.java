package dev.porchlight.video;

import dev.porchlight.video.ClipStructure.Extent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Films of a real ffmpeg, whole and cut at every kind of place. */
class ClipStructureTest {
  @TempDir
  private Path folder;

  @BeforeEach
  void needFfmpeg() {
    TestFfmpeg.run("-version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"film.mp4", "film.mov", "film.avi", "film.mkv", "film.webm"})
  void aFilmIsWholeAndEachPartOfItIsNot(String name) throws IOException {
    byte[] film = film(name);
    assertThat(extent(name, film)).isEqualTo(Extent.WHOLE);

    var random = new Random(5);
    for (int cut = 0; cut < 200; cut++) {
      byte[] part = Arrays.copyOf(film, random.nextInt(film.length - 20));
      assertThat(extent(name, part)).as("%d of %d bytes", part.length, film.length).isEqualTo(Extent.PART);
    }
  }

  @Test
  void aLiveRecordingDoesNotSay() throws IOException {
    Path live = folder.resolve("live.mkv");
    TestFfmpeg.run("-f", "lavfi", "-i", "testsrc=duration=1:size=64x48", "-f", "matroska", "-live", "1",
        live.toString());
    assertThat(ClipStructure.of(live)).isEqualTo(Extent.UNKNOWN);
    assertThat(extent("text.mp4", "#EXTM3U is no film, whatever it is called".getBytes(
        StandardCharsets.US_ASCII))).isEqualTo(Extent.UNKNOWN);
  }

  @Test
  void roomThatIsStillToBeFilledIsPart() throws IOException {
    assertThat(extent("room.mp4", new byte[100_000])).isEqualTo(Extent.PART);
    assertThat(extent("empty.mp4", new byte[0])).isEqualTo(Extent.PART);
  }

  @Test
  void rubbishIsLookedAtInNoTime() throws IOException {
    var random = new Random(6);
    for (byte[] head : new byte[][]{{0, 0, 0, 8, 'f', 't', 'y', 'p'}, {'R', 'I', 'F', 'F'}, {0x1A, 0x45, (byte) 0xDF,
      (byte) 0xA3}}) {
      for (int i = 0; i < 100; i++) {
        var bytes = new byte[10_000];
        random.nextBytes(bytes);
        System.arraycopy(head, 0, bytes, 0, head.length);
        assertThat(extent("rubbish", bytes)).isNotNull();
      }
    }
  }

  private byte[] film(String name) throws IOException {
    Path film = folder.resolve("whole-" + name);
    TestFfmpeg.run("-f", "lavfi", "-i", "testsrc=duration=2:size=160x120:rate=10", film.toString());
    return Files.readAllBytes(film);
  }

  private Extent extent(String name, byte[] bytes) throws IOException {
    return ClipStructure.of(Files.write(folder.resolve(name), bytes));
  }
}
