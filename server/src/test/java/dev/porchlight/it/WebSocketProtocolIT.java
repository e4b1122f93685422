package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RFC 6455 as a client sees it that does not behave. Seen to fail, each in its row, when frames need no mask, when the third
 * reserved bit, reserved opcodes, long or fragmented control frames, a continuation of nothing, close codes 1004 to 1006 or
 * the UTF-8 of a close reason are not looked at, and when a text may end within a character.
 */
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
      assertThat(socket.isEndedInOrder()).isTrue();
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
  @CsvSource({"8105 48656c6c6f, 1002, unmasked", "8900, 1002, unmasked ping", "c180 00000000, 1002, reserved bit 1",
    "a180 00000000, 1002, reserved bit 2", "9180 00000000, 1002, reserved bit 3",
    "f180 00000000, 1002, all reserved bits", "c980 00000000, 1002, reserved bit in a ping",
    "0980 00000000, 1002, fragmented ping", "0a80 00000000, 1002, fragmented pong",
    "0880 00000000, 1002, fragmented close", "89fe 007e 00000000, 1002, ping of 126 bytes",
    "8afe 007e 00000000, 1002, pong of 126 bytes", "88fe 007e 00000000, 1002, close of 126 bytes",
    "89ff 0000000000010000 00000000, 1002, ping of 64 KiB", "8080 00000000, 1002, continuation of nothing",
    "0080 00000000, 1002, continuation of nothing that goes on",
    "8180 00000000 8080 00000000, 1002, continuation after the end",
    "0180 00000000 8180 00000000, 1002, message within a message",
    "0181 00000000 61 8280 00000000, 1002, binary message within a text", "8881 00000000 03, 1002, close with one byte",
    "8883 00000000 03e8ff, 1007, close reason that is not UTF-8",
    "8883 00000000 03e8c3, 1007, close reason that ends within a character",
    "8181 00000000 ff, 1007, text that is not UTF-8", "8182 00000000 c3, 0, incomplete frame is no fault yet",
    "0182 00000000 61ff, 1007, text that is not UTF-8 before its end",
    "8181 00000000 c3, 1007, text that ends within a character",
    "0181 00000000 c3 8081 00000000 28, 1007, broken character across fragments",
    "0181 00000000 f0 0081 00000000 80, 1007, overlong character across fragments",
    "8182 00000000 c0af, 1007, overlong slash", "8183 00000000 eda080, 1007, surrogate",
    "8184 00000000 f4908080, 1007, beyond U+10FFFF",
    "81ff 8000000000000000 00000000, 1002, length with its highest bit set",
    "81ff ffffffffffffffff 00000000, 1002, length with all bits set",
    "81ff 0000000000010001 00000000, 1009, announced too large",
    "82ff 7fffffffffffffff 00000000, 1009, announced larger than any machine",
    "01fe fffe 00000000, 0, large fragment begins", "81fe 0005 00000000 48656c6c6f, 1002, short length in two bytes",
    "81fe 007d 00000000, 1002, 125 in two bytes", "81ff 0000000000000005 00000000, 1002, short length in eight bytes",
    "81ff 000000000000ffff 00000000, 1002, 65535 in eight bytes"})
  void aFaultIsAnsweredWithItsCodeAndDisturbsNobody(String hex, int code, String what) {
    try (var other = server.connect("/ws/events")) {
      try (var socket = open()) {
        socket.send(HexFormat.of().parseHex(hex.replace(" ", "")));

        if (code != 0) {
          assertThat(socket.readClose()).as(what).isEqualTo(code);
          assertThat(socket.isEndedInOrder()).as("the server ends TCP behind the code: %s", what).isTrue();
        } else if (hex.endsWith("c3")) {
          socket.send(new byte[]{(byte) 0xA4});
          socket.sendFrame(PING, new byte[0]);
          assertThat(socket.readFrame().first()).as(what).isEqualTo(PONG);
        }
      }
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(other.next().get("type").stringValue()).isEqualTo("new_event");
    }
    server.awaitNobody();
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
  void aReservedOpcodeIsAProtocolError(int opcode) {
    for (int first : new int[]{opcode, 0x80 | opcode}) {
      try (var socket = open()) {
        socket.sendFrame(first, new byte[0]);

        assertThat(socket.readClose()).isEqualTo(1002);
        assertThat(socket.isEndedInOrder()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
  void aCloseCodeThatMustNotBeSentIsAProtocolError(int code) {
    try (var socket = open()) {
      socket.sendFrame(CLOSE, new byte[]{(byte) (code >> 8), (byte) code});

      assertThat(socket.readClose()).isEqualTo(1002);
      assertThat(socket.isEndedInOrder()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
  void aCloseIsAnsweredWhateverItsReason(int code) {
    try (var socket = open()) {
      socket.sendFrame(CLOSE, new byte[]{(byte) (code >> 8), (byte) code, (byte) 0xC3, (byte) 0xA4});

      assertThat(socket.readClose()).isEqualTo(1000);
      assertThat(socket.isEndedInOrder()).isTrue();
    }
  }

  /** Seen to fail when the connection is kept. */
  @Test
  void afterAFaultTheConnectionEndsWhateverElseIsSaid() {
    try (var socket = open()) {
      socket.send(HexFormat.of().parseHex("8380000000008180000000008105"));
      socket.sendFrame(PING, new byte[0]);

      assertThat(socket.readClose()).isEqualTo(1002);
      assertThat(socket.readToEnd()).isEmpty();
    }
  }

  @Test
  void aMessageOfManySmallFragmentsIsGivenUpAtTheLimitToo() {
    try (var socket = open()) {
      var fragments = new ByteArrayOutputStream();
      fragments.writeBytes(RawSocket.frame(TEXT_BEGINS, new byte[16]));
      for (int i = 1; i < 64 * 1024 / 16; i++) {
        fragments.writeBytes(RawSocket.frame(CONTINUES, new byte[16]));
      }
      socket.send(fragments.toByteArray());
      socket.sendFrame(PING, new byte[0]);
      assertThat(socket.readFrame().first()).isEqualTo(PONG);

      socket.sendFrame(CONTINUES, new byte[1]);

      assertThat(socket.readClose()).isEqualTo(1009);
    }
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
