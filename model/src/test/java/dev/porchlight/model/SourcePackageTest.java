package dev.porchlight.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SourcePackageTest {
  private static final byte[] CONTENT = "weights".getBytes(UTF_8);

  private final SourcePackage source = new SourcePackage("tiny", "1.0.0", "package/model/",
      Map.of("shard", Sha256.of(CONTENT)));

  @TempDir
  private Path folder;

  @Test
  void takesOnlyTheFilesItNeeds() throws IOException {
    Path tarball = Tarballs.write(folder.resolve("tiny.tgz"), Map.of("package/README.md", "hello".getBytes(UTF_8),
        "package/model/shard", CONTENT, "package/other/shard", "other".getBytes(UTF_8)));

    assertThat(source.read(tarball)).containsOnlyKeys("shard").containsEntry("shard", CONTENT);
  }

  @Test
  void refusesAFileThatIsNotTheOneExpected() throws IOException {
    byte[] changed = "weightS".getBytes(UTF_8);
    Path tarball = Tarballs.write(folder.resolve("tiny.tgz"), Map.of("package/model/shard", changed));

    assertThatThrownBy(() -> source.read(tarball)).isInstanceOf(FetchException.class)
        .hasMessageContaining("package/model/shard")
        .hasMessageContaining(Sha256.of(changed))
        .hasMessageContaining(Sha256.of(CONTENT));
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Path tarball = Tarballs.write(folder.resolve("tiny.tgz"), Map.of("package/shard", CONTENT));

    assertThatThrownBy(() -> source.read(tarball)).isInstanceOf(FetchException.class)
        .hasMessageContaining("holds no package/model/shard");
  }

  @Test
  void refusesATarballThatIsCutOff() throws IOException {
    Path tarball = Tarballs.write(folder.resolve("tiny.tgz"), Map.of("package/model/shard", CONTENT));
    byte[] whole = Files.readAllBytes(tarball);
    Files.write(tarball, Arrays.copyOf(whole, 30));

    assertThatThrownBy(() -> source.read(tarball)).isInstanceOf(FetchException.class)
        .hasMessageContaining(tarball + " cannot be unpacked");
  }

  @Test
  void refusesWhatIsNoTarball() throws IOException {
    Path page = Files.writeString(folder.resolve("tiny.tgz"), "<html>Sign in</html>");

    assertThatThrownBy(() -> source.read(page)).isInstanceOf(FetchException.class)
        .hasMessageContaining("cannot be unpacked");
  }
}
