package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Memory;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static dev.porchlight.live.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What lies behind the channel's memory is read by one replay at a time. */
class JournalPastTest {
  private static final FeedFilter ALL = new FeedFilter(Set.of(), Set.of(), 0);

  private final MemoryJournal journal = new MemoryJournal();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void theJournalIsReadByOneAtATimeAndWhoeverWaitsCanBeInterrupted() throws InterruptedException {
    JournalPast past = past(10);
    var reading = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    journal.setAfterRead(() -> {
      reading.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });
    Reader first = Reader.of(past);
    reading.await();
    Reader second = Reader.of(past);
    Reader third = Reader.of(past);
    await().until(() -> second.isWaiting() && third.isWaiting());

    third.thread.interrupt();
    third.thread.join();
    assertThat(third.outcome.get()).isInstanceOf(InterruptedException.class);
    assertThat(reads()).isEqualTo(1);

    goOn.countDown();
    first.thread.join();
    second.thread.join();
    assertThat(first.outcome.get()).isEqualTo("read");
    assertThat(second.outcome.get()).isEqualTo("read");
    assertThat(reads()).isEqualTo(2);
  }

  @Test
  void whatTheChannelRemembersIsNotReadFromTheJournal() throws InterruptedException {
    JournalPast past = past(0);

    assertThat(Objects.requireNonNull(past.after(0, ALL)).messages()).hasSize(10);

    assertThat(reads()).isZero();
    assertThat(journal.entriesRead()).isEqualTo(10);
  }

  /** A past of ten messages, of which the channel has those after a number. */
  private JournalPast past(long behind) {
    for (int id = 1; id <= 10; id++) {
      journal.store(new Detection(id, "cam-1", "person", 0.5, NOON, 1, 2, 3, 4));
    }
    var channel = new Channel("events", new ChannelConfig(ChannelLimits.DEFAULT, SlowRule.CLOSE, 6),
        new Numbering(journal.epoch(), behind), Memory.DIRECT, System::nanoTime, EngineListener.NONE);
    new EventBroadcaster(channel, journal).catchUp();
    return new JournalPast(channel, journal, new ChannelMeters("events", meters));
  }

  private double reads() {
    return meters.get("porchlight.channel.journal.reads").counter().count();
  }

  /** A thread that reads once. */
  private record Reader(Thread thread, AtomicReference<Object> outcome) {
    static Reader of(JournalPast past) {
      var outcome = new AtomicReference<Object>("not yet");
      return new Reader(Thread.ofPlatform().daemon().start(() -> {
        try {
          outcome.set(past.after(0, ALL) == null ? "gone" : "read");
        } catch (InterruptedException e) {
          outcome.set(e);
        }
      }), outcome);
    }

    /** Not for the journal itself, which blocks who waits for its monitor. */
    boolean isWaiting() {
      return thread.getState() == Thread.State.WAITING;
    }
  }
}
