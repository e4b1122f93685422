package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there is a heartbeat, by a clock of the test and with the interval of the product.
 */
class DeliveryTest {
  private static final Pattern TYPE = Pattern.compile("\"type\":\"(\\w+)\"");
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final EmbeddedChannel netty = new EmbeddedChannel();
  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final EventBroadcaster events = new EventBroadcaster(channel);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      Clock.systemUTC());
  private final Client client = new Client();

  @BeforeEach
  void start() {
    netty.freezeTime();
    client.delivery.start();
    assertThat(client.sent()).containsExactly("hello");
  }

  @Test
  void thereIsAHeartbeatEach15SecondsWithNothingSent() {
    for (int i = 0; i < 3; i++) {
      advance(INTERVAL.minus(MOMENT));
      assertThat(client.sent()).isEmpty();
      advance(MOMENT);
      assertThat(client.sent()).containsExactly("heartbeat");
    }
  }

  @Test
  void thereIsNoneWhileMessagesFlow() {
    for (int i = 0; i < 25; i++) {
      advance(INTERVAL.minus(MOMENT));
      events.broadcastDetection(Examples.DETECTION);
      assertThat(client.sent()).containsExactly("detection");
    }

    advance(INTERVAL);

    assertThat(client.sent()).containsExactly("heartbeat");
  }

  private void advance(Duration by) {
    netty.advanceTimeBy(by.toNanos(), TimeUnit.NANOSECONDS);
    netty.runScheduledPendingTasks();
  }

  /** A client of the feed, with the types of what it was sent. */
  private final class Client implements Sink, Delivery.Line {
    private final Delivery delivery = new Delivery(feed,
        feed.open(this, feed.webSocket(Map.of(), true), false, "c1"), new Replays(new SimpleMeterRegistry()),
        netty.eventLoop(),
        WebSocketTimes.STANDARD.heartbeat(), this);
    private final List<String> sent = new ArrayList<>();

    /** Since this was last asked. */
    List<String> sent() {
      List<String> types = List.copyOf(sent);
      sent.clear();
      return types;
    }

    @Override
    public boolean write(Block block, int from, int to) {
      return delivery.write(block, from, to);
    }

    @Override
    public void end(CloseReason reason) {
      throw new AssertionError(reason);
    }

    @Override
    public boolean send(ByteBuf bytes) {
      TYPE.matcher(bytes.toString(StandardCharsets.UTF_8)).results().forEach(found -> sent.add(found.group(1)));
      bytes.release();
      return true;
    }

    @Override
    public void close(CloseReason reason) {
      throw new AssertionError(reason);
    }
  }
}
