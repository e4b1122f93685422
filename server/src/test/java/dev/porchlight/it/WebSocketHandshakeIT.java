package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The opening handshake of RFC 6455, section 4, good, odd and bad. Seen to fail for an answer that does not name the version,
 * for versions and keys that are only looked at in part, and for tokens that must be written in small letters.
 */
class WebSocketHandshakeIT {
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  private static final String VERSION = "Sec-WebSocket-Version: 13\r\n";
  private static final String REQUEST = String.join("\r\n", "GET /ws/events HTTP/1.1", "Host: localhost",
      "Upgrade: websocket", "Connection: Upgrade", "");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"GET, /ws/nothing, 13, dGhlIHNhbXBsZSBub25jZQ==, 404",
    "GET, /ws/events/, 13, dGhlIHNhbXBsZSBub25jZQ==, 404",
    "GET, /ws/events, 8, dGhlIHNhbXBsZSBub25jZQ==, 426", "GET, /ws/events, '', dGhlIHNhbXBsZSBub25jZQ==, 426",
    "GET, /ws/events, 13, '', 400", "GET, /ws/events, 13, tooshort, 400",
    "POST, /ws/events, 13, dGhlIHNhbXBsZSBub25jZQ==, 405",
    "GET, /ws/events?nonsense=1, 13, dGhlIHNhbXBsZSBub25jZQ==, 400"})
  void aBadHandshakeIsRefusedInHttp(String method, String path, String version, String key, int status) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: WebSocket\r\n"
          + "Connection: keep-alive, Upgrade\r\n"
          + (version.isEmpty() ? "" : "Sec-WebSocket-Version: " + version + "\r\n")
          + (key.isEmpty() ? "" : "Sec-WebSocket-Key: " + key + "\r\n") + "\r\n");

      String head = socket.readHead();
      assertThat(head).startsWith("HTTP/1.1 " + status + " ");
      if (status == 426) {
        assertThat(head.toLowerCase(Locale.ROOT)).contains("sec-websocket-version: 13");
      }
    }
  }

  @Test
  void theNamesOfHeadersMayBeWrittenInAnyCaseAndOrder() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("GET /ws/events HTTP/1.1\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nCONNECTION: keep-alive, "
          + "upgrade\r\nsec-WEBSOCKET-version: 13\r\nhOsT: LOCALHOST:1\r\nuPGRADE: WEBSOCKET\r\n"
          + "Sec-WebSocket-Protocol: unheard-of\r\n\r\n");

      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("sec-websocket-protocol");
    }
  }

  @ParameterizedTest
  @CsvSource({"evil.example, '', 421", "127.0.0.1.evil.example, '', 421", "'', '', 421",
    "localhost:8000, http://localhost:8000, 101", "localhost:8000, http://LOCALHOST:8000, 101",
    "localhost:8000, http://localhost:9000, 403", "localhost:8000, http://evil.example, 403",
    "localhost:8000, null, 403", "localhost, http://localhost:80, 101", "[::1]:8000, http://[::1]:8000, 101",
    "127.0.0.1, http://localhost, 403", "127.1.2.3:8000, '', 101", "10.0.0.1, '', 421"})
  void onlyOurOwnPagesMayConnect(String host, String origin, int status) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("GET /ws/events HTTP/1.1\r\nHost: " + host + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n") + "\r\n");

      assertThat(socket.readHead()).startsWith("HTTP/1.1 " + status + " ");
    }
    server.awaitNobody();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="})
  void twoKeysAreOneTooMany(String second) {
    assertThat(answerTo(REQUEST + VERSION + KEY + second + "\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dGhlIHNhbXBsZSBub25j", "dGhlIHNhbXBsZSBub25jZWVl", "dGhlIHNhbXBsZSBub25jZQ=!", "====", "0"})
  void aKeyIsSixteenBytesInBase64(String key) {
    assertThat(answerTo(REQUEST + VERSION + "Sec-WebSocket-Key: " + key + "\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "12", "14", "130", "13a", "-13"})
  void anotherVersionIsToldOurs(String version) {
    assertThat(answerTo(REQUEST + KEY + "Sec-WebSocket-Version: " + version + "\r\n\r\n"))
        .startsWith("HTTP/1.1 426 ")
        .containsIgnoringCase("sec-websocket-version: 13\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /ws/events HTTP/1.1\r\nHost: localhost\r\n",
    "GET /ws/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n",
    "GET /ws/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n",
    "GET /ws/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"})
  void whoeverAsksForNoWebSocketIsToldToUpgrade(String request) {
    assertThat(answerTo(request + VERSION + KEY + "\r\n")).startsWith("HTTP/1.1 426 ")
        .containsIgnoringCase("upgrade: websocket\r\n");
  }

  @Test
  void aHandshakeMayComeByteByByte() {
    try (var socket = RawSocket.connect(server.port())) {
      for (byte b : (REQUEST + VERSION + KEY + "\r\n").getBytes(StandardCharsets.US_ASCII)) {
        socket.send(new byte[]{b});
      }

      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
      socket.sendFrame(0x89, new byte[]{'x'});
      assertThat(socket.readFrame().text()).isEqualTo("x");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "permessage-deflate; client_max_window_bits|permessage-deflate; server_no_context_takeover; client_no_context_takeover",
    "permessage-deflate; server_max_window_bits=9|''", "permessage-bzip2|''", "permessage-deflate; ;|''"})
  void compressionIsAgreedOnWhereItCanBe(String offer, String answer) {
    String head = answerTo(REQUEST + VERSION + KEY + "Sec-WebSocket-Extensions: " + offer + "\r\n\r\n");

    assertThat(head).startsWith("HTTP/1.1 101 ");
    if (answer.isEmpty()) {
      assertThat(head).doesNotContainIgnoringCase("sec-websocket-extensions");
    } else {
      assertThat(head).containsIgnoringCase("sec-websocket-extensions: " + answer + "\r\n");
    }
  }

  @Test
  void compressionCanBeTurnedOff() {
    try (var off = TestServer.start("gpu.interval=1h", "live.compression-level=0");
        var socket = RawSocket.connect(off.port())) {
      socket.sendHandshake("/ws/events", "Sec-WebSocket-Extensions: permessage-deflate");

      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("sec-websocket-extensions");
      socket.sendFrame(0xC1, new byte[]{0});
      assertThat(socket.readClose()).isEqualTo(1002);
    }
  }

  private static String answerTo(String request) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send(request);
      return socket.readHead();
    }
  }
}
