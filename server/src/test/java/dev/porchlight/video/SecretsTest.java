package dev.porchlight.video;

import dev.porchlight.domain.CameraSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {
  private final Secrets secrets = Secrets.of(CameraSource.parse("rtsp://anna:s3cr3t@cam.local/a?token=abc"));

  @Test
  void theAddressIsShownWithoutItsSecrets() {
    assertThat(secrets.removedFrom("Impossible to open 'rtsp://anna:s3cr3t@cam.local/a?token=abc'"))
        .doesNotContain("s3cr3t", "abc", "anna")
        .contains("cam.local/a");
    assertThat(secrets.toString()).doesNotContain("s3cr3t", "abc");
  }

  @Test
  void soIsAnyOtherThatTheCameraLedTo() {
    assertThat(secrets.removedFrom("opening http://anna:s3cr3t@other/x?sid=99 for reading"))
        .isEqualTo("opening http://***@other/x for reading");
  }

  @Test
  void linesAreBoundedInNumberAndLength() {
    var lines = new LastLines(secrets);
    String said = "first\n" + "x".repeat(100_000) + "\n" + "more\r\n".repeat(100_000) + "rtsp://a:s3cr3t@b/";

    lines.readFrom(new ByteArrayInputStream(said.getBytes(StandardCharsets.UTF_8)));

    assertThat(lines.all()).hasSizeLessThanOrEqualTo(60)
        .startsWith("first")
        .endsWith("rtsp://***@b/")
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(500));
  }
}
