package dev.porchlight.http;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Seen to fail for each of the timers, of pings and of heartbeats, that is not cancelled. */
class EndedConnectionTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatHasEndedIsKeptByNoTimer(boolean isV1) {
    for (int seconds : new int[]{0, 1, 16, 26}) {
      var client = new EmbeddedConnection(isV1);
      client.advance(Duration.ofSeconds(seconds));
      assertThat(client.hasTimer()).isTrue();

      client.breakOff();

      assertThat(client.hasTimer()).as("after %d s", seconds).isFalse();
    }
  }
}
