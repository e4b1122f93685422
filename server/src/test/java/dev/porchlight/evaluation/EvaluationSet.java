package dev.porchlight.evaluation;

import dev.porchlight.TestMedia;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The labelled pictures that the default model is measured with. */
public final class EvaluationSet {
  private static final String SCRIPT = "server/src/test/resources/evaluation/assemble";

  private EvaluationSet() {}

  /** Puts the pictures and their labels into a folder; the test is skipped where the pictures or ffmpeg are missing. */
  public static void assemble(Path folder) throws IOException, InterruptedException {
    Path media = TestMedia.find("examples/data/messi5.jpg").resolve("../../..").normalize();
    try {
      new ProcessBuilder("ffmpeg", "-version").redirectErrorStream(true).start().getInputStream().readAllBytes();
    } catch (IOException e) {
      Assumptions.abort("Skipped: no ffmpeg on the PATH; install it, for instance with apt-get install ffmpeg");
    }
    Process process = new ProcessBuilder("sh",
        Path.of(System.getProperty("porchlight.root"), SCRIPT).toString(), media.toString(), folder.toString())
        .redirectErrorStream(true)
        .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(SCRIPT + ": " + said);
    }
  }
}
