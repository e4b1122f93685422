package dev.porchlight.it;

import dev.porchlight.Waits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientTest {
  private static final int FRAMES = 2_000;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aMessageThatIsNotAsPromisedFailsWhoeverAsksForIt() throws TimeoutException {
    Client client = Client.open(serverThatSends("{\"type\":\"new_event\",\"data\":{}}"), "/ws/events");

    assertThatThrownBy(client::nextText).isInstanceOf(AssertionError.class)
        .hasMessageContaining("/ws/events (PLAIN)")
        .hasMessageContaining("'risk_score' not found")
        .hasMessageContaining("{\"type\":\"new_event\",\"data\":{}}");
    assertThatThrownBy(client::close).isInstanceOf(AssertionError.class);
  }

  @Test
  void aMessageThatNobodyAsksForFailsTheClose() throws TimeoutException {
    Client client = Client.open(serverThatSends("nonsense"), "/ws/system?types=gpu_stats&protocol=v1");
    client.closeCode();

    assertThatThrownBy(client::close).hasMessageContaining("/ws/system (V1)").hasMessageContaining("not JSON");
  }

  /**
   * The WebSocket of {@code java.net.http} fails this now and then, and every other time when its client's executor is
   * {@code Runnable::run}; see {@link ClientSocket}.
   */
  @Test
  void nothingIsLostOfWhatComesTogetherWithTheHandshake() throws Exception {
    var frames = new ByteArrayOutputStream();
    for (int i = 0; i < FRAMES; i++) {
      frames.writeBytes(frame(0x81, heartbeat(i)));
    }
    frames.writeBytes(new byte[]{(byte) 0x88, 2, 3, (byte) 0xE9});
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering = Thread.startVirtualThread(() -> answer(server, frames.toByteArray()));

      try (var client = Client.open(server.getLocalPort(), "/ws/events?protocol=v1")) {
        for (int i = 0; i < FRAMES; i++) {
          assertThat(client.nextText()).isEqualTo(heartbeat(i));
        }
        assertThat(client.closeCode()).isEqualTo(1001);
      }
      assertThat(answering.join(Waits.LIMIT)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x80, 0x82, 0xC1, 0x91, 0x83})
  void aFrameThatAServerDoesNotSendFailsTheClose(int first) throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> answer(server, frame(first, heartbeat(1))));
      Client client = Client.open(server.getLocalPort(), "/ws/events?protocol=v1");

      assertThat(client.closeCode()).isEqualTo(1006);
      assertThatThrownBy(client::close).hasMessageContaining("does not send such a frame");
    }
  }

  private static String heartbeat(int seq) {
    return "{\"type\":\"heartbeat\",\"data\":{\"seq\":" + seq + ",\"server_time\":\"2025-12-23T12:00:00Z\"}}";
  }

  private static byte[] frame(int first, String text) {
    byte[] payload = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(2 + payload.length).put((byte) first).put((byte) payload.length).put(payload).array();
  }

  /** Answers one handshake and sends this with it, in one write; then reads to the end. */
  private static void answer(ServerSocket server, byte[] frames) {
    try (Socket socket = server.accept()) {
      var in = new DataInputStream(socket.getInputStream());
      var request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        request.append((char) in.readUnsignedByte());
      }
      var answer = new ByteArrayOutputStream();
      answer.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Accept: " + RawSocket.ACCEPT + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      answer.writeBytes(frames);
      socket.getOutputStream().write(answer.toByteArray());
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int serverThatSends(String text) throws TimeoutException {
    return vertx.createHttpServer()
        .webSocketHandler(socket -> socket.writeTextMessage(text).onComplete(_ -> socket.close()))
        .listen(0, "127.0.0.1")
        .map(HttpServer::actualPort)
        .await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
