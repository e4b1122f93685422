package dev.porchlight.ftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class StagingTest {
  @TempDir
  private Path root;

  @Test
  void aFullDiskIsSaidBeforeAndDuringAnUploadAndNothingIsLeft() throws IOException {
    var room = new AtomicLong(0);
    var staging = new Staging(root, 1L << 30, room::get);
    staging.prepare();

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> staging.open("front"))
        .satisfies(e -> assertThat(e.reply().getCode()).isEqualTo(452));

    room.set(1L << 30);
    StagedFile file = staging.open("front");
    file.write(new byte[1 << 19], 0, 1 << 19);
    room.set(1000);
    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> file.write(new byte[1 << 19], 0, 1 << 19))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
    file.close();
    assertThat(root.resolve(Staging.FOLDER)).isEmptyDirectory();
  }

  @Test
  void whatTheSystemSaysOfAFullDiskIsUnderstood() {
    assertThat(StagedFile.refusal(new IOException("No space left on device")).reply().getCode()).isEqualTo(452);
    assertThat(StagedFile.refusal(new IOException("Disk quota exceeded")).reply().getCode()).isEqualTo(452);
    assertThat(StagedFile.refusal(new IOException("Input/output error")).reply().getCode()).isEqualTo(451);
  }

  @Test
  void aStartForgetsWhatAnEarlierServerLeft() throws IOException {
    Path left = Files.createDirectories(root.resolve(Staging.FOLDER)).resolve("1234.part");
    Files.write(left, new byte[10]);

    new Staging(root, 1L << 30).prepare();

    assertThat(left).doesNotExist();
  }

  @Test
  void aRootThatIsGoneIsNotMadeAnew() throws IOException {
    var staging = new Staging(root.resolve("mount"), 1L << 30);

    assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> staging.open("front"))
        .withMessageContaining("camera.root");
    assertThat(root.resolve("mount")).doesNotExist();
  }
}
