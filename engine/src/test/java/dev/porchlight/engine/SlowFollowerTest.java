package dev.porchlight.engine;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static dev.porchlight.engine.Channels.message;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A follower that is slow, or has ended and is still known to somebody, costs a cursor. Seen to fail when a segment that is
 * forgotten still leads to the next one: then a single cursor kept everything alive that ever came after it.
 */
class SlowFollowerTest {
  private static final ChannelLimits LITTLE = new ChannelLimits(10, 1 << 20, Duration.ofMinutes(1));
  private static final int MESSAGES = 2_000;
  /** Two to a segment, of which five and the one begun are retained, and one is where the cursor stands. */
  private static final String DATA = "\"" + "x".repeat(30_000) + "\"";
  private static final int MOST_SEGMENTS = 8;

  private final List<WeakReference<Block>> blocks = new ArrayList<>();

  @ParameterizedTest
  @EnumSource
  void whereverItStandsItKeepsNothingAliveOfWhatCameAfter(SlowRule rule) {
    var channel = new Channel("test", new ChannelConfig(LITTLE, rule, 6), new Numbering("e1", 0), capacity -> {
      Block block = Memory.DIRECT.allocate(capacity);
      blocks.add(new WeakReference<>(block));
      return block;
    }, () -> 0, EngineListener.NONE);
    CollectingSink stalled = CollectingSink.stalled();
    Subscription subscription = channel.subscribe(stalled);

    for (int i = 0; i < MESSAGES; i++) {
      channel.publish(message(DATA));
    }

    assertThat(blocks).hasSizeGreaterThan(MESSAGES / 3);
    assertThat(reachable()).isLessThanOrEqualTo(MOST_SEGMENTS);
    assertThat(subscription.position()).isEqualTo(1);
    assertThat(stalled.ends).hasSize(rule == SlowRule.CLOSE ? 1 : 0);
  }

  /** Seen to fail when a segment is cut off at once when it is forgotten: somebody may still go on from its end. */
  @Test
  void whoeverHasEverythingGoesOnThoughAllThatItHasIsForgotten() {
    Channel channel = new Channels().channel(new ChannelLimits(1, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    CollectingSink reading = CollectingSink.ready();
    channel.subscribe(reading);

    for (int i = 0; i < 100; i++) {
      assertThat(channel.publish(message(DATA))).isEqualTo(1);
    }

    assertThat(reading.texts()).hasSize(100);
    assertThat(reading.ends).isEmpty();
  }

  /** The collector is asked several times, since it need not do everything at once. */
  private long reachable() {
    long reachable = Long.MAX_VALUE;
    for (int i = 0; i < 20 && reachable > MOST_SEGMENTS; i++) {
      System.gc();
      reachable = blocks.stream().filter(block -> block.get() != null).count();
    }
    return reachable;
  }
}
