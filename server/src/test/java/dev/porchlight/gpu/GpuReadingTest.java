package dev.porchlight.gpu;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GpuReadingTest {
  @Test
  void memoryIsInBytes() {
    assertThat(GpuReading.parse("37, 11774, 24576, 61"))
        .contains(new GpuReading(37.0, 11774L * 1024 * 1024, 24576L * 1024 * 1024, 61.0));
  }

  @Test
  void whatTheDriverDoesNotKnowIsNull() {
    assertThat(GpuReading.parse("[N/A], [Not Supported], 24576, nan"))
        .contains(new GpuReading(null, null, 24576L * 1024 * 1024, null));
  }

  @Test
  void aLineThatIsNoReadingIsNone() {
    assertThat(GpuReading.parse("Failed to initialize NVML: Driver/library version mismatch")).isEmpty();
    assertThat(GpuReading.parse("")).isEmpty();
  }
}
