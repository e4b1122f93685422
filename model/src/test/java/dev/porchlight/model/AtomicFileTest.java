package dev.porchlight.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AtomicFileTest {
  @TempDir
  private Path folder;

  @Test
  void makesTheFoldersItNeedsAndReplacesWhatIsThere() throws IOException {
    Path target = folder.resolve("a/b/file");

    AtomicFile.write(target, new byte[]{1, 2, 3});
    AtomicFile.write(target, new byte[]{4});

    assertThat(target).hasBinaryContent(new byte[]{4});
  }

  @Test
  void leavesNothingBehindWhenTheFileCannotBePutInPlace() throws IOException {
    Path target = folder.resolve("file");
    Files.createDirectories(target.resolve("taken"));

    assertThatThrownBy(() -> AtomicFile.write(target, new byte[]{1})).isInstanceOf(IOException.class);

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(target));
    }
  }
}
