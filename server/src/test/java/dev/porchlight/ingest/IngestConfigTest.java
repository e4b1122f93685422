package dev.porchlight.ingest;

import dev.porchlight.config.ConfigException;
import dev.porchlight.config.LoadedSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class IngestConfigTest {
  @TempDir
  private Path data;

  @Test
  void hasDefaultsForEverything() {
    LoadedSettings settings = settings(Map.of());

    assertThat(IngestConfig.read(settings, data)).isEqualTo(new IngestConfig(data.resolve("cameras"),
        Duration.ofHours(24), Duration.ofMillis(500), Duration.ofSeconds(30), false, Duration.ofSeconds(10), 2L << 30));
    assertThat(UploadConfig.read(settings, data)).isEqualTo(new UploadConfig(data.resolve("uploads"), true));
    settings.check();
  }

  @Test
  void refusesARootThatHoldsTheUploads() {
    LoadedSettings settings = settings(Map.of("PORCHLIGHT_CAMERA_ROOT", data.toString()));

    var _ = IngestConfig.read(settings, data);

    assertThatThrownBy(settings::check).isInstanceOf(ConfigException.class).hasMessageContaining("folder of uploads");
  }

  private LoadedSettings settings(Map<String, String> environment) {
    return LoadedSettings.load(null, data, environment, List.of());
  }
}
