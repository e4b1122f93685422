package dev.porchlight.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.porchlight.engine.Channels.message;
import static dev.porchlight.engine.Channels.plain;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A channel whose followers all have a backlog does not keep the other channel of their loop waiting, however many they are. What is
 * counted are writes, so that no clock decides. Seen to fail when each follower with a backlog puts a task of its own into the
 * loop: then the bound grows with the followers.
 */
class FairnessTest {
  /** 16 followers between two looks at the clock, 8 writes for each. */
  private static final int MOST_WRITES_OF_A_TURN = 128;
  /** As large as a write may be, so that each message is one. */
  private static final String LARGE = "\"" + "x".repeat(16_000) + "\"";
  private static final int BACKLOG = 60;
  /** The clock of the test is so fast that nothing may be too old. */
  private static final ChannelLimits LONG = new ChannelLimits(100_000, 1 << 24, Duration.ofDays(1));
  private static final long WRITE_NANOS = 4_000_000;

  private final Channels channels = new Channels();
  private final ManualLoop loop = new ManualLoop();
  private final AtomicInteger writes = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {50, 400})
  void aMessageOfTheOtherChannelIsWrittenBeforeTwoTurnsOfTheFlood(int followers) {
    Channel flooded = channels.channel(LONG, SlowRule.CLOSE);
    Channel other = channels.channel(LONG, SlowRule.CLOSE);
    List<CollectingSink> backlogged = new ArrayList<>();
    for (int i = 0; i < followers; i++) {
      // So long that each look at the clock ends a turn.
      backlogged.add(CollectingSink.on(loop, () -> {
        writes.incrementAndGet();
        channels.nanos.addAndGet(WRITE_NANOS);
      }));
      flooded.subscribe(backlogged.getLast()).resume();
    }
    CollectingSink waiting = CollectingSink.on(loop);
    other.subscribe(waiting).resume();
    loop.runAll();
    for (int i = 0; i < BACKLOG; i++) {
      int _ = flooded.publish(message(LARGE));
    }

    int told = 0;
    int most = 0;
    while (backlogged.stream().anyMatch(sink -> sink.texts().size() < BACKLOG)) {
      // Each time as late as can be: right after a turn of the flood.
      loop.runOne();
      int before = writes.get();
      int _ = other.publish(message(told++));
      while (waiting.texts().size() < told) {
        loop.runOne();
      }
      most = Math.max(most, writes.get() - before);
    }
    loop.runAll();

    assertThat(told).as("messages of the other channel during the flood").isGreaterThan(followers / 16);
    assertThat(most).isLessThanOrEqualTo(2 * MOST_WRITES_OF_A_TURN);
    assertThat(waiting.texts()).isEqualTo(plain(0, told));
    assertThat(backlogged).allMatch(sink -> sink.texts().size() == BACKLOG);
  }

  /** One that is never full may have to come back often, and must not wait for a message that wakes its loop. */
  @Test
  void whoIsFarBehindIsServedToTheEndWithoutAnyFurtherMessage() {
    Channel channel = channels.channel(LONG, SlowRule.CLOSE);
    CollectingSink behind = CollectingSink.on(loop);
    Subscription subscription = channel.subscribe(behind);
    for (int i = 0; i < BACKLOG; i++) {
      int _ = channel.publish(message(LARGE));
    }
    loop.runAll();

    subscription.resume();
    loop.runAll();

    assertThat(behind.texts()).hasSize(BACKLOG);
  }
}
