package dev.porchlight.http;

import dev.porchlight.it.RawSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * After each kind of protocol error the server ends TCP by itself, behind the code, for a client that never does. Its patience with
 * a client is an hour here, so that no clock decides. Seen to fail when it closes
 * the socket at once: then what the client still sends turns the end into a reset.
 */
class FailedConnectionTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final List<String> TRANSPORTS = List.of("auto", "epoll", "nio");
  private static final int MESSAGE_LIMIT = 64 * 1024;
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;

  private static final Map<String, EchoServer> SERVERS = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    for (String transport : TRANSPORTS) {
      SERVERS.put(transport, EchoServer.start(MESSAGE_LIMIT, transport, NEVER));
    }
  }

  @AfterAll
  static void stop() {
    SERVERS.values().forEach(EchoServer::close);
    SERVERS.clear();
  }

  /** Frames in hex; the mask is four zeros, so that a payload reads as it is. */
  @ParameterizedTest
  @CsvSource({"8105 48656c6c6f, 1002, unmasked", "8380 00000000, 1002, reserved opcode",
    "8b80 00000000, 1002, reserved control opcode", "c180 00000000, 1002, reserved bit 1",
    "a180 00000000, 1002, reserved bit 2", "9180 00000000, 1002, reserved bit 3",
    "0980 00000000, 1002, fragmented ping", "89fe 007e 00000000, 1002, ping of 126 bytes",
    "8080 00000000, 1002, continuation of nothing", "0180 00000000 8180 00000000, 1002, message within a message",
    "8881 00000000 03, 1002, close with one byte", "8882 00000000 03ed, 1002, close code that must not be sent",
    "81fe 0005 00000000 48656c6c6f, 1002, length that is not in its shortest form",
    "8181 00000000 ff, 1007, text that is not UTF-8", "8883 00000000 03e8ff, 1007, close reason that is not UTF-8",
    "81ff 0000000000010001 00000000, 1009, message over the limit"})
  void theServerEndsTcpItselfBehindTheCode(String hex, int code, String what) {
    for (String transport : TRANSPORTS) {
      try (var socket = open(transport)) {
        socket.send(HexFormat.of().parseHex(hex.replace(" ", "")));

        assertThat(socket.readClose()).as("%s, %s", what, transport).isEqualTo(code);
        assertThat(socket.isEndedInOrder()).as("%s, %s", what, transport).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "epoll", "nio"})
  void whatTheClientStillSendsIsReadSoThatNoResetOvertakesTheCode(String transport) {
    try (var socket = open(transport)) {
      socket.send(new byte[]{(byte) 0x83, (byte) 0x80});
      for (int i = 0; i < 20; i++) {
        socket.sendFrame(TEXT, new byte[MESSAGE_LIMIT]);
      }
      socket.sendFrame(CLOSE, new byte[]{0x03, (byte) 0xEA});

      assertThat(socket.readClose()).isEqualTo(1002);
      assertThat(socket.isEndedInOrder()).isTrue();
    }
  }

  /** Not only its own side: when the client has closed, too, nothing of the connection is left, long before the hour is over. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "epoll", "nio"})
  void whenTheClientClosesTooNothingIsLeft(String transport) {
    try (var socket = open(transport)) {
      assertThat(server(transport).openSockets()).isEqualTo(1);
      socket.send(new byte[]{(byte) 0x83, (byte) 0x80});
      assertThat(socket.readClose()).isEqualTo(1002);
      assertThat(socket.isEndedInOrder()).isTrue();
    }
    await().until(() -> server(transport).openSockets() == 0);
  }

  private static RawSocket open(String transport) {
    EchoServer server = server(transport);
    await().until(() -> server.openSockets() == 0);
    RawSocket socket = RawSocket.connect(server.port());
    socket.sendHandshake("/ws/echo");
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private static EchoServer server(String transport) {
    return Objects.requireNonNull(SERVERS.get(transport));
  }
}
