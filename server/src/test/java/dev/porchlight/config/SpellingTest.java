package dev.porchlight.config;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpellingTest {
  private static final List<String> KEYS = List.of("batch.idle", "batch.window", "camera.offline-after", "http.host",
      "http.port", "live.events.history-bytes");

  @ParameterizedTest
  @CsvSource({"batch.idel,batch.idle", "batch.idl,batch.idle", "Batch.Idle,batch.idle", "batch_idle,batch.idle",
    "camera.offline_after,camera.offline-after", "camera.offline.after,camera.offline-after",
    "camera.offlineAfter,camera.offline-after", "idle,batch.idle", "port,http.port", "htpt.port,http.port",
    "live.event.history-byte,live.events.history-bytes"})
  void guessesWhatWasMeant(String written, String meant) {
    assertThat(Spelling.nearest(written, KEYS)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "analyst.url", "smtp.password", "batch.something-else"})
  void guessesNothingWhenNothingIsNear(String written) {
    assertThat(Spelling.nearest(written, KEYS)).isNull();
  }

  @Test
  void takesTheNearestOfSeveral() {
    assertThat(Spelling.nearest("http.pots", KEYS)).isIn("http.host", "http.port");
    assertThat(Spelling.nearest("http.hosts", KEYS)).isEqualTo("http.host");
  }
}
