package dev.porchlight.video;

import dev.porchlight.Waits;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.SourceCheck;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SourceProbeTest {
  @TempDir
  private Path data;

  @Test
  void saysWhatItSees() throws Exception {
    byte[] jpeg = new JpegEncoder().encode(new Scene().frame());
    try (var camera = TestCamera.sending(_ -> jpeg)) {
      assertThat(check(camera.address("anna:s3cr3t@"))).isInstanceOfSatisfying(SourceCheck.Saw.class, saw -> {
        assertThat(saw.width()).isEqualTo(Scene.WIDTH);
        assertThat(saw.height()).isEqualTo(Scene.HEIGHT);
        assertThat(saw.codec()).isEqualTo("mjpeg");
        assertThat(saw.fps()).as("such a camera does not say").isNull();
        assertThat(saw.took()).isGreaterThan(Duration.ofMillis(10));
      });
    }
    assertThat(TestFfmpeg.children()).isEmpty();
  }

  @Test
  void saysWhyItSeesNothing() throws Exception {
    try (var camera = TestCamera.mute()) {
      assertThat(failure(camera.address("mute:s3cr3t@"))).isEqualTo("no picture within 2 s");
      camera.answers("401 Unauthorized");
      assertThat(failure(camera.address("anna:s3cr3t@"))).contains("401").doesNotContain("s3cr3t");
      camera.answers("404 Not Found");
      assertThat(failure(camera.address(""))).contains("404");
      camera.sendsRubbish();
      assertThat(failure(camera.address(""))).isNotBlank();
    }
    assertThat(failure("rtsp://127.0.0.1:1/street")).contains("Connection refused");
    assertThat(TestFfmpeg.children()).isEmpty();
  }

  private String failure(String address) throws InterruptedException {
    SourceCheck check = check(address);
    assertThat(check).isInstanceOf(SourceCheck.Failed.class);
    return ((SourceCheck.Failed) check).reason();
  }

  private SourceCheck check(String address) throws InterruptedException {
    // Loaded machines start processes slowly; who never answers is waited for in full.
    Duration limit = address.contains("mute") ? Duration.ofSeconds(2) : Waits.LIMIT;
    return new SourceProbe(TestFfmpeg.tools(TestFfmpeg.config(data)), System::nanoTime, limit)
        .check(CameraSource.parse(address));
  }
}
