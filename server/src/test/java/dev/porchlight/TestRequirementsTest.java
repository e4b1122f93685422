package dev.porchlight;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestRequirementsTest {
  @Test
  void onlyWhatIsNamedIsRequired() {
    assertThat(TestRequirements.isRequired("io_uring", null)).isFalse();
    assertThat(TestRequirements.isRequired("io_uring", "")).isFalse();
    assertThat(TestRequirements.isRequired("io_uring", "ffmpeg,epoll")).isFalse();
    assertThat(TestRequirements.isRequired("io_uring", "io_uring")).isTrue();
    assertThat(TestRequirements.isRequired("io_uring", "ffmpeg,io_uring")).isTrue();
  }
}
