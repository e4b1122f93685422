package dev.porchlight.app;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A history that there is no memory for would let the server start, and fail with the message that is one too many. */
class HistoryMemoryTest {
  private static final long MIB = 1 << 20;

  @Test
  void aServerThatCannotRememberWhatItIsToldToRefusesToStart() {
    assertThatCode(() -> Application.requireRoomFor(32 * MIB, 128 * MIB)).doesNotThrowAnyException();
    assertThatCode(() -> Application.requireRoomFor(64 * MIB, 128 * MIB)).doesNotThrowAnyException();

    assertThatThrownBy(() -> Application.requireRoomFor(272 * MIB, 128 * MIB)).isInstanceOf(StartException.class)
        .hasMessageContainingAll("live.events.history-bytes", "272 MiB", "128 MiB", "-XX:MaxDirectMemorySize");
  }
}
