package dev.porchlight.http;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that reads, but more slowly than messages come, until it has fallen behind the history. The server waits an hour for it to
 * take the code, so that no clock decides. Seen to fail when the connection is reset at once.
 */
class TooSlowTest {
  private static final WebSocketTimes PATIENT = new WebSocketTimes(Duration.ofHours(1), Duration.ofMinutes(30),
      Duration.ofHours(1), Duration.ofHours(1));
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int RECEIVE_BYTES = 30_000;
  private static final int FRAME_BYTES = 20_000;
  private static final int RETAINED = 20;
  private static final int PUBLISHED_PER_READ = 5;
  private static final int MOST_MESSAGES = 20_000;

  private final Channel channel = new Channel("test",
      new ChannelConfig(new ChannelLimits(RETAINED, 1 << 26, Duration.ofDays(1)), SlowRule.CLOSE, 6),
      new Numbering("e1", 0), new NettyMemory(), System::nanoTime, EngineListener.NONE);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      Clock.systemUTC());

  @ParameterizedTest
  @ValueSource(strings = {"auto", "epoll", "nio"})
  void aClientThatReadsSlowlyGetsWholeFramesInTheirOrderAndThen4008(String transport) throws IOException {
    try (var server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, transport),
        InetAddress.getLoopbackAddress(), Map.of("/ws/test", WebSocketEndpoint.of(feed)), Map.of(),
        new SimpleMeterRegistry(), PATIENT); var socket = open(server)) {
      int published = 0;
      int read = 0;
      RawSocket.Frame frame;
      do {
        for (int i = 0; i < PUBLISHED_PER_READ; i++) {
          int _ = channel.publish(message(published++));
        }
        frame = socket.readFrame();
        if (frame.first() == TEXT) {
          assertThat(frame.payload().length).isEqualTo(FRAME_BYTES);
          assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(read++);
        }
        assertThat(published).isLessThan(MOST_MESSAGES);
      } while (frame.first() == TEXT);

      assertThat(frame.first()).isEqualTo(CLOSE);
      assertThat(ByteBuffer.wrap(frame.payload()).getChar()).isEqualTo((char) 4008);
      assertThat(new String(frame.payload(), 2, frame.payload().length - 2, StandardCharsets.US_ASCII))
          .isEqualTo("too slow");
      assertThat(read).isBetween(1, published - RETAINED);
      assertThat(channel.sinks()).isEmpty();
      socket.sendFrame(CLOSE, ByteBuffer.allocate(2).putShort((short) 4008).array());
      assertThat(socket.isEndedInOrder()).isTrue();
    }
  }

  /** It begins with its number; as text it would be nonsense, which is nothing to this client. */
  private static Message message(int number) {
    return new Message(ByteBuffer.allocate(FRAME_BYTES).putInt(number).array(), Label.of("x"), null);
  }

  private static RawSocket open(WebServer server) throws IOException {
    RawSocket socket = RawSocket.connect(server.listen(new Routes()), RECEIVE_BYTES);
    socket.sendHandshake("/ws/test");
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }
}
