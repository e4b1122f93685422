package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.live.Examples;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that are compressed once for all who can inflate, beside those who cannot. */
class CompressionIT {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
  private static final int TEXT = 0x81;
  private static final int COMPRESSED_TEXT = 0xC1;

  @Test
  void clientsWithAndWithoutCompressionAndNumbersReadTheSame() {
    try (var server = TestServer.start("gpu.interval=1h");
        var deflated = open(server, "/ws/events", OFFER);
        var both = open(server, "/ws/events?protocol=v1", OFFER);
        var v1 = open(server, "/ws/events?protocol=v1");
        var plain = open(server, "/ws/events")) {
      assertThat(text(both.readFrame())).contains("\"hello\"");
      assertThat(text(v1.readFrame())).contains("\"hello\"");
      for (int seq = 1; seq <= 20; seq++) {
        assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(4);

        RawSocket.Frame frame = plain.readFrame();
        RawSocket.Frame numbered = v1.readFrame();
        RawSocket.Frame compressed = deflated.readFrame();
        RawSocket.Frame compressedAndNumbered = both.readFrame();
        assertThat(frame.first()).isEqualTo(TEXT);
        assertThat(numbered.first()).isEqualTo(TEXT);
        assertThat(compressed.first()).isEqualTo(COMPRESSED_TEXT);
        assertThat(compressedAndNumbered.first()).isEqualTo(COMPRESSED_TEXT);
        assertThat(compressed.payload()).hasSizeLessThan(frame.payload().length);
        assertThat(text(compressed)).isEqualTo(frame.text());
        assertThat(text(compressedAndNumbered)).isEqualTo(numbered.text())
            .isEqualTo(frame.text().substring(0, frame.text().length() - 1) + ",\"seq\":" + seq + "}");
      }
    }
  }

  @Test
  void whatIsShortIsSentAsItIs() {
    var status = new CameraStatus("c", CameraState.ONLINE, null);
    try (var server = TestServer.start("gpu.interval=1h"); var socket = open(server, "/ws/system", OFFER)) {
      server.system().broadcastCameraStatus(status);
      server.system().broadcastGpuStats(Examples.GPU_STATS);

      RawSocket.Frame small = socket.readFrame();
      assertThat(small.payload()).hasSizeLessThan(100);
      assertThat(small.first()).isEqualTo(TEXT);
      assertThat(socket.readFrame().first()).isEqualTo(COMPRESSED_TEXT);
    }
  }

  @Test
  void levelNoughtDeclines() {
    try (var server = TestServer.start("live.compression-level=0", "gpu.interval=1h");
        var socket = RawSocket.connect(server.port())) {
      socket.sendHandshake("/ws/events", OFFER);
      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ").doesNotContainIgnoringCase("extensions");
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(socket.readFrame().first()).isEqualTo(TEXT);
    }
  }

  private static RawSocket open(TestServer server, String path, String... headers) {
    RawSocket socket = RawSocket.connect(server.port());
    socket.sendHandshake(path, headers);
    String head = socket.readHead();
    assertThat(head).startsWith("HTTP/1.1 101 ");
    assertThat(head.contains("server_no_context_takeover")).isEqualTo(headers.length > 0);
    return socket;
  }

  /** The text of a frame, by RFC 7692, section 7.2.2, when it is compressed. */
  private static String text(RawSocket.Frame frame) {
    if (frame.first() == TEXT) {
      return frame.text();
    }
    try (var inflater = new Inflater(true)) {
      byte[] tailed = Arrays.copyOf(frame.payload(), frame.payload().length + 4);
      tailed[tailed.length - 1] = (byte) 0xFF;
      tailed[tailed.length - 2] = (byte) 0xFF;
      inflater.setInput(tailed);
      var out = new byte[64 * 1024];
      return new String(out, 0, inflater.inflate(out), StandardCharsets.UTF_8);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
  }
}
