package dev.porchlight.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static dev.porchlight.engine.Channels.history;
import static dev.porchlight.engine.Channels.message;
import static dev.porchlight.engine.Channels.plain;
import static dev.porchlight.engine.Channels.publish;
import static dev.porchlight.engine.Channels.sequenced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a channel is given back of before the start.
 */
class RestoredHistoryTest {
  private static final ChannelLimits A_MINUTE = new ChannelLimits(5, 1 << 20, Duration.ofMinutes(1));

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7);
  private final AtomicLong counted = new AtomicLong();
  private final Channel channel = new Channel("test", new ChannelConfig(A_MINUTE, SlowRule.CLOSE, 6),
      new Numbering("e1", 0), Memory.DIRECT, nanos::get, new EngineListener() {
        @Override
        public void published(int bytes) {
          counted.incrementAndGet();
        }
      });

  @Test
  void whoeverComesBackIsToldWhatWasRestoredAndThenWhatIsNew() {
    restore(0, 3, Duration.ofSeconds(10));
    CollectingSink plain = CollectingSink.ready();
    channel.join(plain, new Follow(Encoding.PLAIN, null, 1)).subscription().resume();
    CollectingSink numbered = CollectingSink.ready();
    channel.join(numbered, new Follow(Encoding.SEQUENCED, null, Follow.LIVE));

    publish(channel, 3, 4);

    assertThat(plain.texts()).isEqualTo(plain(1, 4));
    assertThat(numbered.texts()).isEqualTo(sequenced(3, 4));
    assertThat(history(channel)).isEqualTo(plain(0, 4));
    assertThat(counted).as("broadcasts counted").hasValue(1);
  }

  @Test
  void itIsForgottenAsIfItHadBeenBroadcastWhenItWas() {
    restore(0, 1, Duration.ofSeconds(50));
    restore(1, 2, Duration.ofSeconds(20));

    nanos.addAndGet(Duration.ofSeconds(11).toNanos());
    channel.tidy();

    assertThat(history(channel)).isEqualTo(plain(1, 2));
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    channel.tidy();
    assertThat(history(channel)).isEmpty();
    assertThat(channel.last()).isEqualTo(2);
  }

  @Test
  void theOtherLimitsHoldAndATimeToComeCountsAsNow() {
    restore(0, 7, Duration.ofSeconds(-100));
    assertThat(history(channel)).isEqualTo(plain(2, 7));

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    channel.tidy();

    assertThat(history(channel)).isEmpty();
  }

  @Test
  void onlyTheNextNumberIsTakenAndOnlyBeforeAnybodyFollows() {
    restore(0, 1, Duration.ZERO);
    assertThatIllegalStateException().isThrownBy(() -> channel.restore(message(9), 1, Duration.ZERO));
    assertThatIllegalStateException().isThrownBy(() -> channel.restore(message(9), 3, Duration.ZERO));
    channel.subscribe(CollectingSink.ready());
    assertThatIllegalStateException().isThrownBy(() -> channel.restore(message(9), 2, Duration.ZERO));
    assertThat(history(channel)).isEqualTo(plain(0, 1));
  }

  private void restore(int from, int to, Duration age) {
    for (int number = from; number < to; number++) {
      channel.restore(message(number), number + 1, age);
    }
  }
}
