package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** RFC 6455 as a client sees it that does not behave. */
class WebSocketProtocolIT {
  private static final int TEXT = 0x81;
  private static final int TEXT_BEGINS = 0x01;
  private static final int BINARY = 0x82;
  private static final int CONTINUES = 0x00;
  private static final int CONTINUATION_ENDS = 0x80;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theAcceptHeaderIsThatOfTheRfc() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.sendHandshake("/ws/events");

      assertThat(socket.readHead().toLowerCase(Locale.ROOT)).startsWith("http/1.1 101 ")
          .contains("sec-websocket-accept: " + "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".toLowerCase(Locale.ROOT))
          .doesNotContain("sec-websocket-extensions")
          .doesNotContain("sec-websocket-protocol");
    }
  }

  @Test
  void whatAClientSaysIsReadAndOtherwiseIgnored() {
    try (var socket = open()) {
      socket.sendFrame(TEXT, bytes("hello"));
      socket.sendFrame(BINARY, new byte[300]);
      socket.sendFrame(TEXT, new byte[0]);
      socket.sendFrame(TEXT_BEGINS, bytes("a"));
      socket.sendFrame(PING, bytes("between"));
      socket.sendFrame(CONTINUES, bytes("b"));
      socket.sendFrame(CONTINUATION_ENDS, bytes("c"));
      assertThat(socket.readFrame()).satisfies(pong -> {
        assertThat(pong.first()).isEqualTo(PONG);
        assertThat(pong.text()).isEqualTo("between");
      });

      server.events().broadcastNewEvent(Examples.NEW_EVENT);

      assertThat(socket.readFrame().text()).contains("new_event");
    }
  }

  @Test
  void aMessageOf64KiBIsTakenAndOneByteMoreIsNot() {
    try (var socket = open()) {
      socket.sendFrame(TEXT_BEGINS, new byte[32 * 1024]);
      socket.sendFrame(CONTINUATION_ENDS, new byte[32 * 1024]);
      socket.sendFrame(PING, new byte[0]);
      assertThat(socket.readFrame().first()).isEqualTo(PONG);

      socket.sendFrame(TEXT_BEGINS, new byte[32 * 1024]);
      socket.sendFrame(CONTINUATION_ENDS, new byte[32 * 1024 + 1]);

      assertThat(socket.readClose()).isEqualTo(1009);
    }
  }

  @Test
  void aCloseIsAnsweredWith1000AndTheConnectionEnds() {
    try (var socket = open()) {
      socket.sendFrame(CLOSE, new byte[]{0x03, (byte) 0xE9, 'b', 'y', 'e'});
      socket.sendFrame(TEXT, bytes("after the end"));

      assertThat(socket.readClose()).isEqualTo(1000);
      assertThat(socket.readToEnd()).isEmpty();
    }
  }

  @Test
  void aCloseWithoutACodeIsAnsweredToo() {
    try (var socket = open()) {
      socket.sendFrame(CLOSE, new byte[0]);

      assertThat(socket.readClose()).isEqualTo(1000);
      assertThat(socket.readToEnd()).isEmpty();
    }
  }

  /** Whole frames in hex, unmasked part first; the mask is four zeros, so that a payload reads as it is. */
  @ParameterizedTest
  @CsvSource({"8105 48656c6c6f, 1002, unmasked", "c180 00000000, 1002, reserved bit 1",
    "a180 00000000, 1002, reserved bit 2", "9180 00000000, 1002, reserved bit 3",
    "8380 00000000, 1002, reserved opcode 3", "8b80 00000000, 1002, reserved opcode 11",
    "0980 00000000, 1002, fragmented ping", "89fe 007e 00000000, 1002, ping of 126 bytes",
    "8080 00000000, 1002, continuation of nothing", "0180 00000000 8180 00000000, 1002, message within a message",
    "8881 00000000 03, 1002, close with one byte", "8882 00000000 03ec, 1002, close code 1004",
    "8882 00000000 03ed, 1002, close code 1005", "8882 00000000 03ee, 1002, close code 1006",
    "8882 00000000 03e7, 1002, close code 999", "8882 00000000 07d0, 1002, close code 2000",
    "8882 00000000 1388, 1002, close code 5000", "8883 00000000 03e8ff, 1007, close reason that is not UTF-8",
    "8181 00000000 ff, 1007, text that is not UTF-8", "8182 00000000 c3, 0, incomplete frame is no fault yet",
    "8181 00000000 c3, 1007, text that ends within a character",
    "0181 00000000 c3 8081 00000000 28, 1007, broken character across fragments",
    "8183 00000000 eda080, 1007, surrogate", "8184 00000000 f4908080, 1007, beyond U+10FFFF",
    "81ff 8000000000000000 00000000, 1002, length with its highest bit set",
    "81ff 0000000000010001 00000000, 1009, announced too large",
    "81fe 0005 00000000 48656c6c6f, 1002, length not in its shortest form"})
  void aFaultIsAnsweredWithItsCode(String hex, int code, String what) {
    try (var socket = open()) {
      socket.send(java.util.HexFormat.of().parseHex(hex.replace(" ", "")));

      if (code == 0) {
        socket.send(new byte[]{(byte) 0xA4});
        socket.sendFrame(PING, new byte[0]);
        assertThat(socket.readFrame().first()).as(what).isEqualTo(PONG);
      } else {
        assertThat(socket.readClose()).as(what).isEqualTo(code);
        assertThat(socket.readToEnd()).isEmpty();
      }
    }
    server.awaitNobody();
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

  private static RawSocket open() {
    RawSocket socket = RawSocket.connect(server.port());
    socket.sendHandshake("/ws/events");
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
