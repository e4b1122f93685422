package dev.porchlight.http;

import dev.porchlight.engine.SlowRule;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Timers of a connection that has ended. */
class EndedConnectionTest {
  /** Only for its event loop: that of a closed channel cancels all timers by itself, which others do not. */
  private final EmbeddedChannel timers = new EmbeddedChannel();
  private final EmbeddedChannel socket = new EmbeddedChannel();

  @ParameterizedTest
  @CsvSource({"0,false", "26,false", "0,true", "16,true", "26,true"})
  void aConnectionThatHasEndedIsKeptByNoTimer(int seconds, boolean isV1) {
    timers.freezeTime();
    open(isV1);
    timers.advanceTimeBy(seconds, TimeUnit.SECONDS);
    assertThat(timers.runScheduledPendingTasks()).as("until the next timer").isNotNegative();

    socket.close().syncUninterruptibly();

    assertThat(timers.runScheduledPendingTasks()).as("no timer").isEqualTo(-1);
  }

  /** Opens a connection that is pinged and, by {@code porchlight.v1}, also gets heartbeats. */
  private void open(boolean isV1) {
    Feed feed = Feed.events(Examples.channel(SlowRule.CLOSE), null,
        new ChannelMeters("test", new SimpleMeterRegistry()), Clock.systemUTC());
    var connection = new WebSocketConnection(1, "/ws/test", timers.eventLoop(), new Loops("nio").of(timers.eventLoop()),
        WebSocketTimes.STANDARD, WebSocketEndpoint.of(feed), false, 0, _ -> {});
    socket.pipeline().addLast(connection);
    var delivery = new Delivery(feed, feed.open(connection, feed.webSocket(Map.of(), isV1), false, "1"),
        new Replays(new SimpleMeterRegistry()), timers.eventLoop(), WebSocketTimes.STANDARD.heartbeat(), connection);
    connection.open(socket.pipeline().context(connection), delivery);
  }
}
