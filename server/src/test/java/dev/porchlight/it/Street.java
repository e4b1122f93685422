package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.video.TestFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Frames of {@code vtest.avi}: a fixed camera over a square with people. */
final class Street {
  private Street() {}

  /**
   * The first frames, one for each second of the video, as JPEG, in order; the test is skipped when the video or ffmpeg is
   * not there.
   */
  static List<Path> frames(Path folder, int count) throws IOException {
    Path video = TestMedia.find("examples/data/vtest.avi");
    Process ffmpeg;
    try {
      ffmpeg = new ProcessBuilder("ffmpeg", "-v", "error", "-i", video.toString(), "-vf", "fps=1", "-frames:v",
          Integer.toString(count), "-q:v", "3", folder.resolve("street-%04d.jpg").toString()).inheritIO().start();
    } catch (IOException e) {
      return Assumptions.abort("Skipped: no ffmpeg on the PATH; install it, for instance with apt-get install ffmpeg");
    }
    try {
      if (ffmpeg.waitFor() != 0) {
        throw new AssertionError("ffmpeg failed on " + video);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("street-")).sorted().toList();
    }
  }

  /** The film in the coding of cameras, made once in this folder. */
  static Path film(Path folder) {
    Path film = folder.resolve("street.mp4");
    if (!Files.exists(film)) {
      TestFfmpeg.run("-i", TestMedia.find("examples/data/vtest.avi").toString(), "-t", "40", "-c:v", "libx264",
          "-preset",
          "ultrafast", "-g", "10", "-bf", "0", "-pix_fmt", "yuv420p", film.toString());
    }
    return film;
  }
}
