package dev.porchlight.http;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelState;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How much the kernel takes for a client that reads nothing. Seen to fail for event streams while only WebSockets had their
 * buffers kept small.
 */
class StalledStreamTest {
  private static final int FRAME_BYTES = 20_000;
  private static final int FRAMES = 300;
  /** What the receiving end takes is not ours to say; the sending end alone would take megabytes. */
  private static final int MOST_BYTES = 1024 * 1024;

  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      Clock.systemUTC());

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void theKernelTakesLittleForAStreamThatIsNotRead(String transport) throws IOException {
    try (var server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, transport),
        InetAddress.getLoopbackAddress(), Map.of(), Map.of("/stream", feed), new SimpleMeterRegistry());
        var socket = RawSocket.connect(server.listen(new Routes()))) {
      socket.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ");
      for (int i = 0; i < FRAMES; i++) {
        channel.publish(new Message(new byte[FRAME_BYTES], Label.of("x"), null));
      }

      await().until(() -> channel.state().lag() < FRAMES);
      await().during(Duration.ofSeconds(1)).until(channel::state, new Unchanged()::isSame);

      assertThat(channel.sinks()).as("has not fallen behind, since everything is remembered").hasSize(1);
      long taken = (FRAMES - channel.state().lag()) * FRAME_BYTES;
      assertThat(taken).isBetween(1L, (long) MOST_BYTES);
    }
  }

  /** Nothing has moved since it was last asked. */
  private static final class Unchanged {
    private long lag = -1;

    boolean isSame(ChannelState state) {
      boolean isSame = state.lag() == lag;
      lag = state.lag();
      return isSame;
    }
  }
}
