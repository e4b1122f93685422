package dev.porchlight.detection;

import dev.porchlight.config.CommandLineOption;
import dev.porchlight.config.ConfigException;
import dev.porchlight.config.LoadedSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DetectionConfigTest {
  @TempDir
  private Path folder;

  @Test
  void takesTheDefaultModelOnTheBestDeviceWhenNothingIsSet() {
    DetectionConfig config = DetectionConfig.read(settings());

    assertThat(config.model()).isEqualTo(new ModelChoice(null, null, null, null));
    assertThat(config.device()).isNull();
    assertThat(config.remote()).isNull();
    assertThat(config.workers() * config.threads())
        .isLessThanOrEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors()));
  }

  @Test
  void readsWhatIsSet() {
    var settings = settings("detection.model=m.onnx", "detection.family=detr", "detection.labels=l.txt",
        "detection.input-size=640x384", "detection.device=cuda", "detection.threads=3");

    DetectionConfig config = DetectionConfig.read(settings);
    settings.check();

    assertThat(config.model())
        .isEqualTo(new ModelChoice(Path.of("m.onnx"), new DetrFamily(), "l.txt", new InputSize(640, 384)));
    assertThat(config.device()).isEqualTo(Device.CUDA);
    assertThat(config.threads()).isEqualTo(3);
  }

  @Test
  void tellsEveryMistakeAtOnce() {
    var settings = settings("detection.family=rcnn", "detection.input-size=big", "detection.device=abacus",
        "detection.url=ftp://porch:secret@camera/", "detection.timeout=1ms");

    DetectionConfig.read(settings);

    assertThatExceptionOfType(ConfigException.class).isThrownBy(settings::check).satisfies(e -> {
      assertThat(e.mistakes()).hasSize(5)
          .anySatisfy(line -> assertThat(line)
              .isEqualTo("detection.family must be auto, ssd, detr, yolox, yolo, not rcnn"))
          .anySatisfy(line -> assertThat(line).startsWith("detection.input-size must be pixels such as 640"))
          .anySatisfy(line -> assertThat(line).startsWith("detection.device must be one of auto, cpu, cuda, tensorrt"))
          .anySatisfy(line -> assertThat(line).startsWith("detection.url must be an address"))
          .anySatisfy(line -> assertThat(line).contains("detection.timeout"));
      assertThat(String.valueOf(e.getMessage())).doesNotContain("secret");
    });
  }

  @Test
  void refusesAModelHereAndADetectorElsewhereTogether() {
    var settings = settings("detection.model=m.onnx", "detection.url=http://gpu:5000/detect");

    DetectionConfig.read(settings);

    assertThatExceptionOfType(ConfigException.class).isThrownBy(settings::check)
        .withMessageContaining("detection.url and detection.model cannot both be set");
  }

  @Test
  void keepsTheAddressOfADetectorElsewhereToItself() {
    var settings = settings("detection.url=https://porch:secret@gpu:5000/detect?token=hush", "detection.timeout=3s");

    var remote = DetectionConfig.read(settings).remote();

    assertThat(settings.describe()).contains("detection.url: \"***\"").doesNotContain("secret", "hush");
    assertThat(remote).isNotNull()
        .satisfies(r -> assertThat(r.shown()).isEqualTo("https://gpu:5000/detect"))
        .satisfies(r -> assertThat(r.timeout()).isEqualTo(Duration.ofSeconds(3)));
  }

  @Test
  void readsSizes() {
    assertThat(InputSize.parse("640")).isEqualTo(new InputSize(640, 640));
    assertThat(InputSize.parse(" 640x384 ")).isEqualTo(new InputSize(640, 384));
    assertThat(InputSize.parse("31")).isNull();
    assertThat(InputSize.parse("640x4096")).isNull();
    assertThat(InputSize.parse("640 by 480")).isNull();
  }

  private LoadedSettings settings(String... settings) {
    var options = Arrays.stream(settings)
        .map(setting -> new CommandLineOption("--set", setting.substring(0, setting.indexOf('=')),
            setting.substring(setting.indexOf('=') + 1)))
        .toList();
    return LoadedSettings.load(null, folder, Map.of(), options);
  }
}
