package dev.porchlight.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

import static dev.porchlight.engine.Channels.WIDE;
import static dev.porchlight.engine.Channels.history;
import static dev.porchlight.engine.Channels.message;
import static dev.porchlight.engine.Channels.plain;
import static dev.porchlight.engine.Channels.publish;
import static dev.porchlight.engine.Channels.sequenced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChannelTest {
  private final Channels channels = new Channels();

  @Test
  void aSlowSinkGetsWhatQueuedUpInOneWrite() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink sink = CollectingSink.stalled();
    Subscription subscription = channel.subscribe(sink);
    publish(channel, 0, 10);
    assertThat(sink.writes).containsExactly(1);

    subscription.resume();

    assertThat(sink.writes).containsExactly(1, 9);
    assertThat(sink.texts()).isEqualTo(plain(0, 10));
  }

  @Test
  void oneWriteNeverTakesMoreThanItsShareAndEndsWithAFrame() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink sink = CollectingSink.stalled();
    Subscription subscription = channel.subscribe(sink);
    publish(channel, 0, 20_000);

    while (sink.texts().size() < 20_000) {
      subscription.resume();
    }

    assertThat(sink.texts()).isEqualTo(plain(0, 20_000));
    assertThat(sink.writes).allMatch(frames -> frames <= 16 * 1024 / 20);
  }

  @Test
  void aMessageLargerThanASegmentGoesThroughWhole() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink sink = CollectingSink.ready();
    channel.subscribe(sink);
    String large = "\"" + "x".repeat(200_000) + "\"";

    channel.publish(message(1));
    channel.publish(message(large));
    channel.publish(message(2));

    assertThat(sink.texts()).containsExactly(plain(1, 2).getFirst(), "{\"type\":\"n\",\"data\":" + large + "}",
        plain(2, 3).getFirst());
  }

  @Test
  void aSinkThatFellBehindTheHistoryIsClosedWhileItIsStillBusy() {
    Channel channel = channels.channel(new ChannelLimits(5, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    CollectingSink stalled = CollectingSink.stalled();
    CollectingSink reading = CollectingSink.ready();
    channel.subscribe(stalled);
    channel.subscribe(reading);

    publish(channel, 0, 6);
    assertThat(stalled.ends).isEmpty();
    publish(channel, 6, 7);

    assertThat(stalled.ends).containsExactly(CloseReason.TOO_SLOW);
    assertThat(channel.sinks()).containsExactly(reading);
    assertThat(reading.texts()).isEqualTo(plain(0, 7));
  }

  @Test
  void aStalledSinkOfAQuietChannelIsClosedOnceItsMessagesAreTooOld() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink stalled = CollectingSink.stalled();
    channel.subscribe(stalled);
    publish(channel, 0, 2);

    channels.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    channel.tidy();

    assertThat(stalled.ends).containsExactly(CloseReason.TOO_SLOW);
    assertThat(channel.read(0, 1)).isNull();
  }

  /** Seen to fail when what somebody who joins has forgotten is not told to those who needed it. */
  @Test
  void aStalledSinkIsClosedAlsoWhenItIsForSomebodyElseThatItsMessagesAreForgotten() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink stalled = CollectingSink.stalled();
    channel.subscribe(stalled);
    publish(channel, 0, 2);

    channels.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    channel.subscribe(CollectingSink.ready());
    channel.tidy();

    assertThat(stalled.ends).containsExactly(CloseReason.TOO_SLOW);
  }

  @Test
  void aSinkOfGaugesThatFellBehindIsMovedOnToTheLatestValues() {
    Channel channel = channels.channel(new ChannelLimits(3, 1 << 20, Duration.ofMinutes(1)), SlowRule.LATEST);
    CollectingSink stalled = CollectingSink.stalled();
    Subscription subscription = channel.subscribe(stalled);
    for (int i = 0; i < 20; i++) {
      channel.publish(message("gpu", "" + i, "gpu"));
      channel.publish(message("cam", "" + i, "cam"));
    }

    subscription.resume();
    subscription.resume();
    channel.publish(message("gpu", "20", "gpu"));
    subscription.resume();

    assertThat(stalled.ends).isEmpty();
    assertThat(stalled.texts()).containsExactly("{\"type\":\"gpu\",\"data\":0}", "{\"type\":\"gpu\",\"data\":19}",
        "{\"type\":\"cam\",\"data\":19}", "{\"type\":\"gpu\",\"data\":20}");
  }

  @Test
  void whoeverIsMovedOnIsToldWhatIsPresentThenAsFarAsItsFilterLetsThrough() {
    var present = new ArrayList<>(List.of(message("cam", "\"early\"", null)));
    var limits = new ChannelLimits(3, 1 << 20, Duration.ofMinutes(1));
    var channel = new Channel("test", new ChannelConfig(limits, SlowRule.LATEST, 6), new Numbering("e1", 0),
        channels.memory, channels.nanos::get, EngineListener.NONE, () -> List.copyOf(present));
    CollectingSink stalled = CollectingSink.stalled();
    Subscription subscription = channel.subscribe(stalled);
    CollectingSink picky = CollectingSink.stalled();
    Subscription other = channel.join(picky, new Follow(Encoding.PLAIN, Channels.only("gpu"), Follow.LIVE))
        .subscription();
    for (int i = 0; i < 20; i++) {
      channel.publish(message("gpu", "" + i, "gpu"));
    }

    present.set(0, message("cam", "\"late\"", null));
    subscription.resume();
    other.resume();

    assertThat(stalled.texts()).containsExactly("{\"type\":\"gpu\",\"data\":0}", "{\"type\":\"gpu\",\"data\":19}",
        "{\"type\":\"cam\",\"data\":\"late\"}");
    assertThat(picky.texts()).containsExactly("{\"type\":\"gpu\",\"data\":0}", "{\"type\":\"gpu\",\"data\":19}");
    present.clear();
    assertThat(channel.latest(subscription)).extracting(Message::key).containsExactly("gpu");
  }

  @Test
  void aSinkOfNumberedGaugesThatFellBehindIsClosedSinceItCanResume() {
    Channel channel = channels.channel(new ChannelLimits(3, 1 << 20, Duration.ofMinutes(1)), SlowRule.LATEST);
    CollectingSink stalled = CollectingSink.stalled();
    channel.join(stalled, new Follow(Encoding.SEQUENCED, null, Follow.LIVE));

    publish(channel, 0, 10);

    assertThat(stalled.ends).containsExactly(CloseReason.TOO_SLOW);
  }

  @Test
  void theHistoryIsBoundedByMessagesBytesAndAge() {
    Channel byMessages = channels.channel(new ChannelLimits(3, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(byMessages, 0, 10);
    assertThat(history(byMessages)).isEqualTo(plain(7, 10));

    Channel byBytes = channels.channel(new ChannelLimits(100, 70, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(byBytes, 0, 10);
    assertThat(history(byBytes)).isEqualTo(plain(7, 10));

    Channel byAge = channels.channel(new ChannelLimits(100, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(byAge, 0, 5);
    channels.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    publish(byAge, 5, 6);
    assertThat(history(byAge)).isEqualTo(plain(5, 6));
  }

  @Test
  void theBytesOfAllEncodingsCountTogether() {
    Channel channel = channels.channel(new ChannelLimits(100, 140, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(channel, 0, 10);
    assertThat(history(channel)).hasSize(6);

    channel.join(CollectingSink.ready(), new Follow(Encoding.SEQUENCED, null, Follow.LIVE));
    publish(channel, 0, 10);

    assertThat(history(channel)).hasSize(2);
  }

  @Test
  void theHistoryGrowsPastItsFirstRingWithoutLosingItsOrder() {
    Channel channel = channels.channel(new ChannelLimits(1000, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(channel, 0, 1500);

    assertThat(history(channel)).isEqualTo(plain(500, 1500));
  }

  @Test
  void memoryIsBoundedHoweverMuchIsPublishedAndHoweverSlowSomebodyIs() {
    Channel channel = channels.channel(new ChannelLimits(1_000_000, 64 << 10, Duration.ofHours(1)), SlowRule.CLOSE);
    for (int i = 0; i < 100; i++) {
      channel.subscribe(CollectingSink.stalled());
    }

    publish(channel, 0, 50_000);

    // 64 KiB in segments of 8 KiB, and the one begun.
    assertThat(channels.memory.blocks()).isLessThanOrEqualTo(10);
    assertThat(channel.sinks()).isEmpty();
  }

  @Test
  void anEncodingIsKeptForAMinuteAfterItsLastFollowerAndThenForgotten() {
    Channel channel = channels.channel(new ChannelLimits(100, 1 << 20, Duration.ofHours(1)), SlowRule.CLOSE);
    CollectingSink sink = CollectingSink.ready();
    channel.join(sink, new Follow(Encoding.DEFLATED, null, Follow.LIVE));
    publish(channel, 0, 3);
    channel.unsubscribe(sink);

    channels.nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    channel.tidy();
    assertThat(channel.state().logs()).extracting(ChannelState.LogState::encoding)
        .containsExactly(Encoding.PLAIN, Encoding.DEFLATED);
    assertThat(channels.memory.blocks()).isEqualTo(2);

    channels.nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    channel.tidy();
    assertThat(channel.state().logs()).extracting(ChannelState.LogState::encoding).containsExactly(Encoding.PLAIN);
    assertThat(channels.memory.blocks()).isEqualTo(1);
  }

  @Test
  void aLoopIsWokenOnceForManyBroadcastsAndServesAllItsSinks() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    var loop = new ManualLoop();
    CollectingSink first = CollectingSink.on(loop);
    CollectingSink second = CollectingSink.on(loop);
    channel.subscribe(first).resume();
    channel.subscribe(second).resume();
    loop.runAll();

    assertThat(channel.publish(message(0))).isEqualTo(2);
    channel.publish(message(1));

    assertThat(loop.waiting()).isEqualTo(1);
    loop.runAll();
    assertThat(first.texts()).isEqualTo(plain(0, 2));
    assertThat(second.texts()).isEqualTo(plain(0, 2));
    assertThat(first.writes).containsExactly(2);
  }

  @Test
  void aLongWalkLetsTheOthersOnItsLoopHaveTheirTurn() {
    var loop = new ManualLoop();
    Channel flooded = channels.channel(WIDE, SlowRule.CLOSE);
    Channel other = channels.channel(WIDE, SlowRule.CLOSE);
    var slow = new ArrayList<CollectingSink>();
    for (int i = 0; i < 100; i++) {
      // A millisecond for each write.
      slow.add(CollectingSink.on(loop, () -> channels.nanos.addAndGet(1_000_000)));
      flooded.subscribe(slow.getLast()).resume();
    }
    CollectingSink waiting = CollectingSink.on(loop);
    other.subscribe(waiting).resume();
    loop.runAll();

    publish(flooded, 0, 1);
    publish(other, 0, 1);
    loop.runOne();
    publish(flooded, 1, 2);
    loop.runOne();

    assertThat(waiting.texts()).isEqualTo(plain(0, 1));
    assertThat(slow).filteredOn(sink -> sink.texts().isEmpty()).hasSizeBetween(50, 99);
    loop.runAll();
    assertThat(slow).allMatch(sink -> sink.texts().equals(plain(0, 2)));
  }

  @Test
  void whatIsPublishedBeforeASinkWithALoopIsOpenReachesItOnceItIs() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    var loop = new ManualLoop();
    CollectingSink sink = CollectingSink.on(loop);
    Subscription subscription = channel.subscribe(sink);
    publish(channel, 0, 3);
    loop.runAll();
    assertThat(sink.texts()).isEmpty();

    subscription.resume();
    loop.runAll();

    assertThat(sink.texts()).isEqualTo(plain(0, 3));
  }

  @Test
  void aLoopThatHasEndedCostsItsOwnSinksAndNobodyElse() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink alive = CollectingSink.ready();
    channel.subscribe(CollectingSink.on(new Loop() {
      @Override
      public void execute(Runnable task) {
        throw new RejectedExecutionException("the loop has ended");
      }

      @Override
      public boolean isCurrent() {
        return false;
      }
    }));
    channel.subscribe(alive);

    channel.publish(message(0));

    assertThat(channel.sinks()).containsExactly(alive);
    assertThat(alive.texts()).isEqualTo(plain(0, 1));
  }

  @Test
  void aSinkThatThrowsIsRemovedAndDisturbsNobody() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink alive = CollectingSink.ready();
    Sink broken = new Sink() {
      @Override
      public boolean write(Block block, int from, int to) throws IOException {
        block.release();
        throw new IOException("gone");
      }

      @Override
      public void end(CloseReason reason) {}
    };
    channel.subscribe(broken);
    channel.subscribe(alive);

    assertThat(channel.publish(message(0))).isEqualTo(1);
    assertThat(channel.sinks()).containsExactly(alive);
    assertThat(alive.texts()).isEqualTo(plain(0, 1));
  }

  @Test
  void aSinkSeesEveryMessageOnceAndInOrderWhileManyPublish() throws InterruptedException {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink sink = CollectingSink.ready();
    channel.subscribe(sink);
    var go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(Thread.ofPlatform().start(() -> {
        await(go);
        publish(channel, 0, 5_000);
      }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(sink.texts()).isEqualTo(history(channel)).hasSize(20_000);
  }

  @Test
  void everyEncodingSaysTheSame() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink plain = CollectingSink.ready();
    CollectingSink deflated = CollectingSink.ready();
    CollectingSink sequenced = CollectingSink.ready();
    CollectingSink both = CollectingSink.ready();
    channel.subscribe(plain);
    channel.join(deflated, new Follow(Encoding.DEFLATED, null, Follow.LIVE));
    channel.join(sequenced, new Follow(Encoding.SEQUENCED, null, Follow.LIVE));
    channel.join(both, new Follow(Encoding.SEQUENCED_DEFLATED, null, Follow.LIVE));
    String data = "\"" + "a word or two, ".repeat(30) + "\"";

    assertThat(channel.publish(message(7))).isEqualTo(4);
    assertThat(channel.publish(message(data))).isEqualTo(4);

    String text = "{\"type\":\"n\",\"data\":" + data + "}";
    String numbered = "{\"type\":\"n\",\"data\":" + data + ",\"seq\":2}";
    assertThat(plain.texts()).containsExactly(plain(7, 8).getFirst(), text);
    assertThat(deflated.texts()).isEqualTo(plain.texts());
    assertThat(sequenced.texts()).containsExactly("{\"type\":\"n\",\"data\":7,\"seq\":1}", numbered);
    assertThat(both.texts()).isEqualTo(sequenced.texts());
    assertThat(channel.state().logs()).filteredOn(log -> log.encoding().isDeflated())
        .allMatch(log -> log.bytes() < 200);
  }

  @Test
  void anEventOfAStreamNamesItsNumberAndTypeAndHasTheDataAlone() {
    Message message = message("new_event", "{\"id\":1}", null);

    String event = new String(Encoding.EVENT_STREAM.encode(message, 12, "e1").array(), StandardCharsets.UTF_8);

    assertThat(event).isEqualTo("id: e1:12\nevent: new_event\ndata: {\"id\":1}\n\n");
  }

  @Test
  void whoComesBackGetsWhatItMissedAndThenWhatIsNew() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    channel.join(CollectingSink.ready(), new Follow(Encoding.SEQUENCED, null, Follow.LIVE));
    publish(channel, 0, 5_000);
    CollectingSink back = CollectingSink.ready();

    Joined joined = channel.join(back, new Follow(Encoding.SEQUENCED, null, 2_345));
    publish(channel, 5_000, 5_010);

    assertThat(joined.after()).isEqualTo(2_345);
    assertThat(joined.last()).isEqualTo(5_000);
    assertThat(back.texts()).isEqualTo(sequenced(2_345, 5_010));
  }

  @Test
  void whoComesBackToAnEncodingThatDoesNotReachBackIsToldWhereItStarts() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    publish(channel, 0, 10);
    CollectingSink back = CollectingSink.ready();

    Joined joined = channel.join(back, new Follow(Encoding.SEQUENCED, null, 4));
    publish(channel, 10, 12);

    assertThat(joined.after()).isEqualTo(10);
    assertThat(joined.first()).isEqualTo(1);
    assertThat(back.texts()).isEqualTo(sequenced(10, 12));
  }

  @Test
  void nobodyGoesOnFromAMessageThatIsStillToCome() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    publish(channel, 0, 3);

    Joined joined = channel.join(CollectingSink.ready(), new Follow(Encoding.PLAIN, null, 4));

    assertThat(joined.after()).isEqualTo(3);
  }

  @Test
  void aFilterLetsThroughWhatItAcceptsAndCountsOnlyThat() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink some = CollectingSink.stalled();
    Subscription subscription = channel
        .join(some, new Follow(Encoding.SEQUENCED, Channels.only("a"), Follow.LIVE))
        .subscription();

    assertThat(channel.publish(message("b", "0", null))).isZero();
    assertThat(channel.publish(message("a", "1", null))).isEqualTo(1);
    assertThat(channel.publish(message("b", "2", null))).isZero();
    channel.publish(message("a", "3", null));
    channel.publish(message("a", "4", null));
    channel.publish(message("b", "5", null));
    for (int i = 0; i < 4; i++) {
      subscription.resume();
    }

    assertThat(some.texts()).extracting(text -> text.charAt(text.indexOf("data") + 6)).containsExactly('1', '3', '4');
    assertThat(some.writes).containsExactly(1, 2);
    assertThat(subscription.position()).isEqualTo(6);
  }

  @Test
  void aMessageThatHasItsNumberIsAppendedOnceAndInItsPlace() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink sink = CollectingSink.ready();
    channel.subscribe(sink);

    assertThat(channel.publish(message(0), 1)).isEqualTo(1);
    assertThat(channel.publish(message(1), 2)).isEqualTo(1);
    channel.subscribe(CollectingSink.ready());
    assertThat(channel.publish(message(0), 1)).isEqualTo(1);

    assertThat(sink.texts()).isEqualTo(plain(0, 2));
    assertThatThrownBy(() -> channel.publish(message(3), 4)).isInstanceOf(IllegalStateException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
