package dev.porchlight.camera;

import dev.porchlight.config.CommandLineOption;
import dev.porchlight.config.LoadedSettings;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class CameraConfigTest {
  private static final CameraSettings UPLOADING = CameraSettings.STANDARD;
  private static final CameraSettings STREAMING = UPLOADING.withSource(CameraSource.parse("rtsp://host/"));

  @TempDir
  private Path data;

  @Test
  void aStreamIsGivenUpSoonAndAnUploaderAfterADay() {
    assertThat(read().silenceAllowed(STREAMING)).isEqualTo(Duration.ofSeconds(30));
    assertThat(read().silenceAllowed(UPLOADING)).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void whoSetsOneSilenceMeansEveryCamera() {
    var config = read("camera.offline-after=5m");

    assertThat(config.silenceAllowed(STREAMING)).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.silenceAllowed(UPLOADING)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whoSetsBothMeansEach() {
    var config = read("camera.offline-after=5m", "camera.upload-offline-after=7d");

    assertThat(config.silenceAllowed(STREAMING)).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.silenceAllowed(UPLOADING)).isEqualTo(Duration.ofDays(7));
    assertThat(read("camera.upload-offline-after=7d").silenceAllowed(STREAMING)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void whatACameraSaysWinsOverBoth() {
    var config = read("camera.offline-after=5m", "camera.upload-offline-after=7d");

    for (var camera : new CameraSettings[]{UPLOADING, STREAMING}) {
      assertThat(config.silenceAllowed(camera.withOfflineAfter(Duration.ofSeconds(7)))).isEqualTo(
          Duration.ofSeconds(7));
    }
  }

  @Test
  void aTrialIsAtMostHalfOfTheSilence() {
    assertThat(read().trial(STREAMING)).isEqualTo(Duration.ofSeconds(5));
    assertThat(read().trial(STREAMING.withOfflineAfter(Duration.ofSeconds(1)))).isEqualTo(Duration.ofMillis(500));
    assertThat(read("camera.online-after=0s").trial(STREAMING)).isEqualTo(Duration.ZERO);
  }

  private CameraConfig read(String... settings) {
    var options = Arrays.stream(settings)
        .map(setting -> new CommandLineOption("--x", setting.split("=", 2)[0], setting.split("=", 2)[1]))
        .toList();
    var loaded = LoadedSettings.load(null, data, Map.of(), options);
    var config = CameraConfig.read(loaded);
    loaded.check();
    return config;
  }
}
