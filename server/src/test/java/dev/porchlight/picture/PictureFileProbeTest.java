package dev.porchlight.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureFileProbeTest {
  private static final byte[] PICTURE = MadePictures.joined(MadePictures.jpeg(MadePictures.noise(64, 48)),
      new byte[50_000]);

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("picture.jpg"), PICTURE);
  }

  @Test
  void hashesAndCountsAllBytesAlsoThoseBehindThePicture() throws IOException, GeneralSecurityException {
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(PICTURE));

    assertThat(PictureProbe.probe(file, PICTURE.length))
        .isEqualTo(
            new Probed(new PictureInfo(PictureInfo.Kind.JPEG, 64, 48, 1, true, false, true), sha256, PICTURE.length));
  }

  @Test
  void stopsReadingBeyondTheLimit() {
    assertThatExceptionOfType(PictureTooLargeException.class)
        .isThrownBy(() -> PictureProbe.probe(file, PICTURE.length - 1));
  }
}
