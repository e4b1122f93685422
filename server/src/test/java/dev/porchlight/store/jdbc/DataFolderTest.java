package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who may use a data folder, and what is left in it and elsewhere. */
final class DataFolderTest {
  @TempDir
  private Path home;
  private Path data;
  private Path systemTmp;

  @BeforeEach
  void nameTheFolders() throws IOException {
    data = home.resolve("of/mine/data");
    systemTmp = Files.createDirectory(home.resolve("system-tmp"));
  }

  @Test
  void aNewFolderIsItsOwnersAlone() throws IOException {
    DataFolder.open(data).close();

    assertThat(mode()).isEqualTo("rwx------");
  }

  @Test
  void aFolderOpenToOthersIsTightened() throws IOException {
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-x--x"));

    DataFolder.open(data).close();

    assertThat(mode()).isEqualTo("rwx------");
  }

  @Test
  void theFolderForPassingFilesIsEmptiedWithoutFollowingLinks() throws IOException {
    var precious = Files.writeString(Files.createDirectories(home.resolve("precious")).resolve("file"), "kept");
    Files.createDirectories(data.resolve("tmp/deep"));
    Files.writeString(data.resolve("tmp/deep/file"), "gone");
    Files.createSymbolicLink(data.resolve("tmp/link"), precious.getParent());

    try (var folder = DataFolder.open(data)) {
      assertThat(folder.tmp()).isEmptyDirectory();
    }
    assertThat(precious).hasContent("kept");
  }

  @Test
  void aSecondProcessIsRefusedAndToldWhoHasTheFolder() throws IOException {
    try (var _ = DataFolder.open(data); var second = FolderHolder.start(data, systemTmp)) {
      assertThat(second.answer()).isEqualTo("The data folder " + data + " is in use by another Porchlight, process "
          + ProcessHandle.current().pid() + ": stop that one, or name another folder");
    }
  }

  @Test
  void aSecondTakingInTheSameProcessIsRefusedAndTheFirstKeepsTheFolder() throws IOException {
    try (var _ = DataFolder.open(data)) {
      refused(ProcessHandle.current().pid());

      try (var second = FolderHolder.start(data, systemTmp)) {
        assertThat(second.answer()).contains("process " + ProcessHandle.current().pid());
      }
    }
    DataFolder.open(data).close();
  }

  @Test
  void aProcessThatIsKilledLeavesTheFolderFreeAndNothingInTheSystemsTemporaryFolder() throws IOException {
    try (var holder = FolderHolder.start(data, systemTmp)) {
      assertThat(holder.answer()).isEqualTo("holds it");
      assertThat(data.resolve("tmp")).isNotEmptyDirectory();
      refused(holder.pid());
    }
    assertThat(systemTmp).isEmptyDirectory();

    try (var folder = DataFolder.open(data)) {
      assertThat(folder.tmp()).isEmptyDirectory();
    }
  }

  @Test
  void closingTwiceDoesNotGiveAwayWhatTheNextOneHas() {
    var first = DataFolder.open(data);
    first.close();
    try (var _ = DataFolder.open(data)) {
      first.close();

      refused(ProcessHandle.current().pid());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    data = Files.writeString(home.resolve("file"), "").resolve("data");

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> DataFolder.open(data))
        .withMessageStartingWith("The data folder " + data + " cannot be used")
        .withMessageNotContaining("\n");
  }

  private void refused(long pid) {
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> DataFolder.open(data))
        .withMessageContaining(data.toString())
        .withMessageContaining("process " + pid);
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
  }
}
