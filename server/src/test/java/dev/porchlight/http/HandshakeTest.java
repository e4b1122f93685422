package dev.porchlight.http;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client asks for besides the upgrade. */
class HandshakeTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"porchlight.v1|true", " porchlight.v1 ,other|true", "other,porchlight.v1|true",
    "Porchlight.V1|false", "porchlight.v10|false", "xporchlight.v1|false", "porchlight. v1|false", ",,;=\"|false",
    "''|false"})
  void aSubprotocolIsOfferedByItsExactName(String header, boolean isOffered) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("sec-websocket-protocol", header);

    assertThat(Handshake.offers(headers, "porchlight.v1")).isEqualTo(isOffered);
  }

  @Test
  void aSubprotocolMayStandInAnyOfSeveralHeaders() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap()
        .add("Sec-WebSocket-Protocol", "one, two")
        .add("Sec-WebSocket-Protocol", "porchlight.v1");

    assertThat(Handshake.offers(headers, "porchlight.v1")).isTrue();
    assertThat(Handshake.offers(headers, "three")).isFalse();
    assertThat(Handshake.offers(MultiMap.caseInsensitiveMultiMap(), "one")).isFalse();
  }
}
