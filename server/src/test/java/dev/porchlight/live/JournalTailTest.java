package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Memory;
import dev.porchlight.engine.Message;
import dev.porchlight.engine.SlowRule;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.live.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** What a channel remembers right after a start. */
class JournalTailTest {
  private static final Duration AGE = Duration.ofMinutes(10);

  private final MemoryJournal journal = new MemoryJournal();
  private final AtomicLong nanos = new AtomicLong();
  private final JournalTail tail = new JournalTail(journal, Clock.fixed(NOON, ZoneOffset.UTC));

  @BeforeEach
  void everythingIsWrittenNow() {
    journal.timeIs(NOON);
  }

  @Test
  void theChannelRemembersTheWholeJournalWithItsNumbers() {
    store(1, 600);

    Channel channel = started(new ChannelLimits(1_000, 1 << 20, AGE));

    assertThat(channel.epoch()).isEqualTo(journal.epoch());
    assertThat(channel.first()).isEqualTo(1);
    assertThat(channel.last()).isEqualTo(600);
    assertThat(channel.read(598, 5)).extracting(JournalTailTest::text)
        .containsExactly(text(Messages.of(detection(599))), text(Messages.of(detection(600))));
    var events = new EventBroadcaster(channel, journal);
    assertThat(events.broadcastDetection(detection(601))).isZero();
    assertThat(channel.last()).isEqualTo(journal.head()).isEqualTo(601);
  }

  @Test
  void noMoreIsReadThanTheLimitsAllow() {
    store(1, 600);

    Channel byMessages = started(new ChannelLimits(100, 1 << 20, AGE));
    assertThat(byMessages.first()).isEqualTo(501);
    assertThat(journal.entriesRead()).isEqualTo(100);

    Channel byBytes = started(new ChannelLimits(1_000, 10_000, AGE));
    assertThat(byBytes.first()).isBetween(530L, 570L);
    assertThat(journal.entriesRead()).isBetween(130L, 172L);
  }

  @Test
  void ageCountsFromWhenAMessageWasWritten() {
    journal.timeIs(NOON.minus(Duration.ofMinutes(11)));
    store(1, 5);
    journal.timeIs(NOON.minus(Duration.ofMinutes(9)));
    store(6, 7);

    Channel channel = started(new ChannelLimits(1_000, 1 << 20, AGE));

    assertThat(channel.first()).isEqualTo(6);
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    channel.tidy();
    assertThat(channel.first()).as("forgotten ten minutes after it was written").isEqualTo(8);
    assertThat(channel.last()).isEqualTo(7);
  }

  @Test
  void anEmptyJournalAndOneThatIsTooOldLeaveTheNumbersWhereTheyAre() {
    assertThat(started(ChannelLimits.DEFAULT).last()).isZero();
    journal.timeIs(NOON.minus(Duration.ofHours(1)));
    store(1, 3);

    Channel channel = started(ChannelLimits.DEFAULT);

    assertThat(channel.last()).isEqualTo(3);
    assertThat(channel.first()).isEqualTo(4);
  }

  private Channel started(ChannelLimits limits) {
    var channel = new Channel("events", new ChannelConfig(limits, SlowRule.CLOSE, 6), tail.begin(limits), Memory.DIRECT,
        nanos::get, EngineListener.NONE);
    tail.load(channel);
    return channel;
  }

  private void store(int from, int to) {
    for (int id = from; id <= to; id++) {
      journal.store(detection(id));
    }
  }

  private static String text(Message message) {
    return new String(message.text(), StandardCharsets.UTF_8);
  }

  private static Detection detection(long id) {
    return new Detection(id, "cam-1", "person", 0.5, NOON, 1, 2, 3, 4);
  }
}
