package dev.porchlight.http;

import dev.porchlight.Waits;
import dev.porchlight.engine.Channel;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages go to a socket past the pipeline, pongs, pings and what a full socket has left over through it: never one within the
 * other. Seen to fail when messages do not wait for a pong under way, when the rest of a message begins where the message
 * does, and when who has more to be sent is not come back to.
 */
class MixedWritesTest {
  /** A ping each second, and all the time of a busy machine for the answer. */
  private static final WebSocketTimes HASTY = new WebSocketTimes(Duration.ofSeconds(1), Waits.LIMIT,
      Duration.ofMillis(200), Duration.ofSeconds(15));
  private static final int MESSAGES = 6_000;
  private static final int RECEIVE_BYTES = 30_000;
  private static final int TEXT = 0x81;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;

  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      Clock.systemUTC());

  @ParameterizedTest
  @ValueSource(strings = {"auto", "epoll", "nio"})
  void noFrameIsWithinAnother(String transport) throws Exception {
    try (var server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 0, transport),
        InetAddress.getLoopbackAddress(), Map.of("/ws/test", WebSocketEndpoint.of(feed)), Map.of(),
        new SimpleMeterRegistry(), HASTY); var socket = open(server)) {
      Thread publishing = Thread.ofVirtual().start(this::publish);
      var random = new Random(7);
      int sent = 0;
      int answered = 0;
      for (int next = 0; next < MESSAGES;) {
        RawSocket.Frame frame = socket.readFrame();
        switch (frame.first()) {
          case TEXT -> assertThat(frame.text()).isEqualTo(text(next++));
          case PONG -> assertThat(frame.text()).isEqualTo("%0125d".formatted(answered++));
          case PING -> assertThat(frame.payload()).isEmpty();
          default -> throw new AssertionError("what is " + frame);
        }
        // Now and then it asks for pongs and reads nothing for a moment, while its socket fills.
        if (random.nextInt(25) == 0) {
          for (int i = random.nextInt(4); i >= 0; i--) {
            socket.sendFrame(PING, "%0125d".formatted(sent++).getBytes(StandardCharsets.US_ASCII));
          }
          await().pollDelay(Duration.ofMillis(2)).pollInterval(Duration.ofMillis(1)).until(() -> true);
        }
      }
      publishing.join();
      assertThat(answered).isPositive();
      socket.sendFrame(PING, "%0125d".formatted(sent++).getBytes(StandardCharsets.US_ASCII));
      while (answered < sent) {
        RawSocket.Frame frame = socket.readFrame();
        if (frame.first() == PONG) {
          assertThat(frame.text()).isEqualTo("%0125d".formatted(answered++));
        }
      }
    }
  }

  private void publish() {
    for (int i = 0; i < MESSAGES; i++) {
      channel.publish(new Message(text(i).getBytes(StandardCharsets.US_ASCII), Label.of("x"), null));
    }
  }

  /** Of many lengths, up to more than a socket takes at once. */
  private static String text(int number) {
    return number + ":" + "abcdefgh".repeat(number % 97 == 0 ? 12_000 : number % 60);
  }

  private static RawSocket open(WebServer server) throws IOException {
    RawSocket socket = RawSocket.connect(server.listen(new Routes()), RECEIVE_BYTES);
    socket.sendHandshake("/ws/test");
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }
}
