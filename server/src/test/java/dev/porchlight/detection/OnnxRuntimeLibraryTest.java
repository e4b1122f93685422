package dev.porchlight.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class OnnxRuntimeLibraryTest {
  @TempDir
  private Path folder;

  @Test
  void unpacksTwoFilesOnceAndMendsWhatIsCutShort() throws IOException {
    Path unpacked = Objects.requireNonNull(OnnxRuntimeLibrary.unpack(folder));
    Path runtime = unpacked.resolve(System.mapLibraryName("onnxruntime"));
    long size = Files.size(runtime);
    FileTime longAgo = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(runtime, longAgo);

    assertThat(OnnxRuntimeLibrary.unpack(folder)).isEqualTo(unpacked);
    assertThat(Files.getLastModifiedTime(runtime)).as("left as it is").isEqualTo(longAgo);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              List.of(System.mapLibraryName("onnxruntime"), System.mapLibraryName("onnxruntime4j_jni")));
    }

    Files.write(runtime, new byte[5]);
    OnnxRuntimeLibrary.unpack(folder);
    assertThat(runtime).hasSize(size);
  }
}
