package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.Follow;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.engine.Subscription;
import dev.porchlight.live.BlockedPast;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that are being told what they missed, while what is read stands still.
 */
class ReplayThreadTest {
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final long AFTER = 5;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", meters), Clock.systemUTC());
  private final EventLoop eventLoop = new DefaultEventLoop();
  private final Loop loop = new Loop() {
    @Override
    public void execute(Runnable task) {
      eventLoop.execute(task);
    }

    @Override
    public boolean isCurrent() {
      return eventLoop.inEventLoop();
    }
  };
  private final Replays replays = new Replays(meters);
  private final List<Client> clients = new ArrayList<>();
  private BlockedPast past = new BlockedPast(true);

  @AfterEach
  void close() {
    clients.forEach(Client::leave);
    past.letGo(1_000);
    eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void eightReplaysRunAndTheNinthBeginsWhenOneOfThemEnds() {
    connect(9, SELDOM, 1);
    soon().until(() -> past.reads() == 8 && replays.waiting() == 1);
    assertThat(replays.running()).isEqualTo(8);

    past.letGo(1);

    soon().until(() -> past.reads() == 9);
    assertThat(clients).filteredOn(client -> client.messages().size() == 1).hasSize(1);
    past.letGo(8);
    soon().until(() -> replays.running() == 0);
    soon().untilAsserted(() -> assertThat(clients).allMatch(client -> client.messages().size() == 1));
  }

  @Test
  void whoeverLeavesWhileItWaitsIsNeverReadFor() {
    connect(8, SELDOM, 1);
    soon().until(() -> past.reads() == 8);
    connect(2, SELDOM, 1);
    soon().until(() -> replays.waiting() == 2);
    Client waiting = clients.getLast();

    waiting.leave();

    soon().until(() -> replays.waiting() == 1);
    past.letGo(100);
    soon().until(() -> replays.running() == 0 && replays.waiting() == 0);
    assertThat(past.reads()).isEqualTo(9);
    assertThat(waiting.messages()).isEmpty();
  }

  /** A read of the disk cannot be interrupted; it is then the last. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoeverLeavesWhileItIsReadForGivesItsPlaceToTheNext(boolean canBeInterrupted) {
    past = new BlockedPast(canBeInterrupted);
    connect(8, SELDOM, 3);
    soon().until(() -> past.reads() == 8);
    connect(1, SELDOM, 3);
    soon().until(() -> replays.waiting() == 1);

    clients.getFirst().leave();

    if (canBeInterrupted) {
      soon().until(() -> past.reads() == 9);
    }
    past.letGo(100);
    soon().until(() -> replays.running() == 0 && replays.waiting() == 0);
    // Of the one that left one, of the eight others three.
    assertThat(past.reads()).isEqualTo(1 + 8 * 3);
    assertThat(clients.getFirst().messages()).isEmpty();
    soon().untilAsserted(
        () -> assertThat(clients.subList(1, 9)).allMatch(client -> client.messages().size() == 3));
  }

  @Test
  void clientsThatAreSlowToTakeItHoldUpNobody() {
    for (int i = 0; i < 8; i++) {
      clients.add(new Client(SELDOM, 2, true));
    }
    past.letGo(100);
    soon().untilAsserted(() -> assertThat(clients).allMatch(client -> client.messages().size() == 1));

    connect(1, SELDOM, 2);

    soon().untilAsserted(() -> assertThat(clients.getLast().messages()).hasSize(2));
    clients.subList(0, 8).forEach(Client::takeAll);
    soon().untilAsserted(() -> assertThat(clients).allMatch(client -> client.messages().size() == 2));
    soon().until(() -> replays.running() == 0);
  }

  @Test
  void aHeartbeatMeanwhileSaysWhereTheReplayIs() {
    // With a client that waits for its turn, as eight others do not end.
    connect(8, SELDOM, 1);
    soon().until(() -> past.reads() == 8);
    connect(1, OFTEN, 2);
    Client client = clients.getLast();
    client.awaitHeartbeat(AFTER);

    clients.subList(0, 8).forEach(Client::leave);
    soon().until(() -> past.reads() == 9);
    past.letGo(1);
    client.awaitHeartbeat(AFTER + 1);
    past.letGo(1);
    client.awaitHeartbeat(AFTER + 2);
    var _ = new EventBroadcaster(channel).broadcastDetection(Examples.DETECTION);
    client.awaitHeartbeat(AFTER + 3);

    long told = AFTER;
    for (String text : List.copyOf(client.sent)) {
      if (text.contains("\"heartbeat\"")) {
        assertThat(text).as("after message %s", told).contains("{\"seq\":" + told + ",");
      } else {
        assertThat(text).contains(",\"seq\":" + ++told + "}");
      }
    }
  }

  /** As long as only something that hangs takes. */
  private static ConditionFactory soon() {
    return Awaitility.await();
  }

  private void connect(int count, Duration heartbeat, int missed) {
    for (int i = 0; i < count; i++) {
      clients.add(new Client(heartbeat, missed, false));
    }
  }

  /** A client that lacks some messages, the first of which has the number {@link #AFTER} + 1. */
  private final class Client implements Sink, Delivery.Line {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final Delivery delivery;
    private volatile boolean isSlow;

    private Client(Duration heartbeat, int missed, boolean isSlow) {
      this.isSlow = isSlow;
      while (channel.last() < AFTER + missed) {
        var _ = new EventBroadcaster(channel).broadcastDetection(Examples.DETECTION);
      }
      Subscription subscription = channel.join(this, new Follow(Encoding.SEQUENCED, null, Follow.LIVE)).subscription();
      delivery = new Delivery(feed, past.opening(subscription, AFTER, AFTER + missed), replays, eventLoop, heartbeat,
          this);
      run(delivery::start);
    }

    List<String> messages() {
      return sent.stream().filter(text -> text.contains("\"type\":\"n\"")).toList();
    }

    void leave() {
      run(delivery::stop);
    }

    /** Takes what was sent, and from here on everything at once. */
    void takeAll() {
      isSlow = false;
      run(delivery::ready);
    }

    void awaitHeartbeat(long seq) {
      soon().until(() -> !sent.isEmpty() && sent.getLast().contains("\"heartbeat\",\"data\":{\"seq\":" + seq + ","));
    }

    private void run(Runnable task) {
      eventLoop.submit(task).syncUninterruptibly();
    }

    @Override
    public boolean send(ByteBuf bytes) {
      if (bytes.isReadable()) {
        sent.add(bytes.toString(StandardCharsets.UTF_8));
      }
      bytes.release();
      return !isSlow;
    }

    @Override
    public Loop loop() {
      return loop;
    }

    @Override
    public boolean write(Block block, int from, int to) {
      return delivery.write(block, from, to);
    }

    @Override
    public void close(CloseReason reason) {
      sent.add("closed: " + reason);
    }

    @Override
    public void end(CloseReason reason) {
      close(reason);
    }
  }
}
