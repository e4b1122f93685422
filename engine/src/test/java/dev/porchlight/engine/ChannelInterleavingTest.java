package dev.porchlight.engine;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

import static dev.porchlight.engine.WatchfulSink.message;

/**
 * A channel under the orders in which two threads can meet, which Lincheck tries one after the other. It takes memory as
 * sequentially consistent; {@link ChannelStressTest} runs on memory as it is.
 */
class ChannelInterleavingTest {
  private static final int INVOCATIONS = 80;
  private static final ChannelLimits ONE = new ChannelLimits(1, 1 << 20, Duration.ofMinutes(1));
  /** Of whoever resumes a sink on it; broadcasts do not wake it. */
  private static final Loop UNWOKEN = new Loop() {
    @Override
    public void execute(Runnable task) {}

    @Override
    public boolean isCurrent() {
      return true;
    }
  };

  @Test
  void aReaderGetsWholeMessagesInOrderOrIsEndedWhileTheOldestAreForgotten() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(ONE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.on(UNWOKEN);
      Subscription subscription = channel.subscribe(sink);

      inParallel(() -> publish(channel, 1, 3), () -> {
        subscription.resume();
        subscription.resume();
      });
      subscription.resume();

      check(sink.seen().equals(numbers(1, sink.seen().size())), "out of order");
      check(sink.seen().size() == 3 || sink.ends().equals(List.of(CloseReason.TOO_SLOW)), "lost");
    });
  }

  @Test
  void whatIsReadBackIsWholeOrGone() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(ONE, SlowRule.CLOSE);
      publish(channel, 1, 1);
      inParallel(() -> publish(channel, 2, 3), () -> {
        List<Message> read = channel.read(0, 5);
        check(read == null || read.stream().map(WatchfulSink::number).toList().equals(List.of(1)), "another message");
      });
    });
  }

  @Test
  void threadsThatServeOneSinkNeverWriteAtOnceAndLoseNoWakeUp() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(Channels.WIDE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.served();
      channel.subscribe(sink);

      inParallel(() -> publish(channel, 1, 2), () -> publish(channel, 3, 3));

      check(sink.seen().stream().sorted().toList().equals(numbers(1, 3)), "a message waits for a wake-up");
      check(sink.seen().indexOf(1) < sink.seen().indexOf(2), "out of order");
    });
  }

  @Test
  void aBusySinkThatIsReadyAgainMissesNothingThatIsPublishedMeanwhile() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(Channels.WIDE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.slow();
      Subscription subscription = channel.subscribe(sink);
      publish(channel, 1, 1);

      inParallel(() -> publish(channel, 2, 2), subscription::resume);

      check(sink.seen().equals(numbers(1, 2)), "a message waits for a wake-up");
    });
  }

  @Test
  void whoJoinsWhileSomebodyPublishesGetsAllFromThereOn() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(Channels.WIDE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.served();
      var joined = new AtomicReference<Joined>();

      inParallel(() -> publish(channel, 1, 2), () -> joined.set(channel.join(sink, Follow.PLAIN)));
      publish(channel, 3, 3);

      int after = Math.toIntExact(joined.get().after());
      check(sink.seen().equals(numbers(after + 1, 3)), "not all from there on");
    });
  }

  @Test
  void whoResumesWhileSomebodyPublishesGetsAllFromThereOn() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(Channels.WIDE, SlowRule.CLOSE);
      publish(channel, 1, 1);
      WatchfulSink sink = WatchfulSink.served();

      inParallel(() -> publish(channel, 2, 3), () -> {
        Joined _ = channel.join(sink, new Follow(Encoding.PLAIN, null, 0));
      });
      publish(channel, 4, 4);

      check(sink.seen().equals(numbers(1, 4)), "not all from there on");
    });
  }

  @Test
  void aLoopThatIsWokenWhileItServesServesOnceMore() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(Channels.WIDE, SlowRule.CLOSE);
      var tasks = new ConcurrentLinkedQueue<Runnable>();
      WatchfulSink sink = WatchfulSink.on(loop(tasks));
      channel.subscribe(sink).resume();

      inParallel(() -> publish(channel, 1, 2), () -> runAll(tasks));
      runAll(tasks);

      check(sink.seen().equals(numbers(1, 2)), "a message waits for a wake-up");
    });
  }

  @Test
  void aSinkThatLeavesWhileItJoinsIsEitherThereOrGone() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(Channels.WIDE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.served();

      inParallel(() -> {
        Joined _ = channel.join(sink, new Follow(Encoding.PLAIN, _ -> true, Follow.LIVE));
      }, () -> channel.unsubscribe(sink));

      int count = channel.sinks().size();
      check(channel.publish(message(1)) == count, "counted, but not there");
      check(sink.seen().size() == count, "told, but not there");
      check(channel.state().followers(Encoding.PLAIN) == count, "the log counts another");
    });
  }

  @Test
  void whoLeavesWhileSomebodyPublishesIsToldOfABeginningAndNoLongerCounted() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Channel channel = new Channels().channel(ONE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.served();
      channel.subscribe(sink);

      inParallel(() -> publish(channel, 1, 2), () -> channel.unsubscribe(sink));

      check(sink.seen().equals(numbers(1, sink.seen().size())), "out of order");
      check(channel.publish(message(3)) == 0, "still counted");
      check(channel.state().followers(Encoding.PLAIN) == 0, "still followed");
    });
  }

  @Test
  void tidyingTakesNothingFromUnderAReader() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      var channels = new Channels();
      Channel channel = channels.channel(Channels.WIDE, SlowRule.CLOSE);
      WatchfulSink sink = WatchfulSink.on(UNWOKEN);
      Subscription subscription = channel.subscribe(sink);
      publish(channel, 1, 3);

      inParallel(() -> {
        channels.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        channel.tidy();
        publish(channel, 4, 4);
      }, subscription::resume);
      subscription.resume();

      check(sink.seen().equals(numbers(1, sink.seen().size())), "out of order");
      check(sink.seen().size() == 4 || sink.ends().equals(List.of(CloseReason.TOO_SLOW)), "lost");
    });
  }

  @Test
  void aBlockThatIsGoneNeverComesBack() {
    Lincheck.runConcurrentTest(INVOCATIONS, () -> {
      Block block = Memory.DIRECT.allocate(1);
      inParallel(() -> {
        if (block.retain()) {
          block.release();
        }
      }, block::release);
      check(!block.retain(), "it came back");
    });
  }

  private static Loop loop(Queue<Runnable> tasks) {
    return new Loop() {
      @Override
      public void execute(Runnable task) {
        tasks.add(task);
      }

      @Override
      public boolean isCurrent() {
        return false;
      }
    };
  }

  private static void runAll(Queue<Runnable> tasks) {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  private static void publish(Channel channel, int from, int to) {
    for (int number = from; number <= to; number++) {
      int _ = channel.publish(message(number));
    }
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  /** Of its own, since AssertJ would be a thousand more places where threads could meet. */
  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  private static void inParallel(Runnable first, Runnable second) {
    Thread one = Thread.ofPlatform().unstarted(first);
    Thread other = Thread.ofPlatform().unstarted(second);
    one.start();
    other.start();
    try {
      one.join();
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
