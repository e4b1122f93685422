package dev.porchlight.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelTest {
  private static final int HEADER = 2;

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aSlowSinkGetsWhatQueuedUpInOneWrite() {
    Channel channel = channel(ChannelLimits.DEFAULT, SlowRule.CLOSE);
    var sink = new StalledSink();
    Subscription subscription = channel.subscribe(sink);
    publish(channel, 0, 10);
    assertThat(sink.writes).containsExactly(1);

    subscription.resume();

    assertThat(sink.writes).containsExactly(1, 9);
    assertThat(texts(sink.received)).isEqualTo(numbers(0, 10));
  }

  @Test
  void aSinkThatFellBehindTheHistoryIsClosedWhileItIsStillBusy() {
    Channel channel = channel(new ChannelLimits(5, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    var stalled = new StalledSink();
    var reading = new CollectingSink();
    channel.subscribe(stalled);
    channel.subscribe(reading);

    publish(channel, 0, 6);
    assertThat(stalled.ends).isEmpty();
    publish(channel, 6, 7);

    assertThat(stalled.ends).containsExactly(CloseReason.TOO_SLOW);
    assertThat(channel.sinks()).containsExactly(reading);
    assertThat(reading.texts()).isEqualTo(numbers(0, 7));
  }

  @Test
  void aSinkOfGaugesThatFellBehindIsMovedOnToTheLatestValues() {
    Channel channel = channel(new ChannelLimits(3, 1 << 20, Duration.ofMinutes(1)), SlowRule.LATEST);
    var stalled = new StalledSink();
    Subscription subscription = channel.subscribe(stalled);
    for (int i = 0; i < 20; i++) {
      channel.publish(bytes("gpu " + i), "gpu");
      channel.publish(bytes("cam " + i), "cam");
    }
    assertThat(texts(stalled.received)).containsExactly("gpu 0");

    subscription.resume();
    subscription.resume();
    channel.publish(bytes("gpu 20"), "gpu");
    subscription.resume();

    assertThat(stalled.ends).isEmpty();
    assertThat(texts(stalled.received)).containsExactly("gpu 0", "gpu 19", "cam 19", "gpu 20");
  }

  @Test
  void theHistoryIsBoundedByMessagesBytesAndAge() {
    Channel byMessages = channel(new ChannelLimits(3, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(byMessages, 0, 10);
    assertThat(texts(byMessages.history())).isEqualTo(numbers(7, 10));

    Channel byBytes = channel(new ChannelLimits(100, 10, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(byBytes, 0, 10);
    assertThat(texts(byBytes.history())).isEqualTo(numbers(7, 10));

    Channel byAge = channel(new ChannelLimits(100, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(byAge, 0, 5);
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    publish(byAge, 5, 6);
    assertThat(texts(byAge.history())).isEqualTo(numbers(5, 6));
  }

  @Test
  void theHistoryGrowsPastItsFirstRingWithoutLosingItsOrder() {
    Channel channel = channel(new ChannelLimits(1000, 1 << 20, Duration.ofMinutes(1)), SlowRule.CLOSE);
    publish(channel, 0, 1500);

    assertThat(texts(channel.history())).isEqualTo(numbers(500, 1500));
  }

  @Test
  void aLoopIsWokenOnceForManyBroadcastsAndServesAllItsSinks() {
    Channel channel = channel(ChannelLimits.DEFAULT, SlowRule.CLOSE);
    var loop = new ManualLoop();
    var first = new CollectingSink(loop);
    var second = new CollectingSink(loop);
    channel.subscribe(first).resume();
    channel.subscribe(second).resume();
    loop.runAll();

    assertThat(channel.publish(bytes("a"), null)).isEqualTo(2);
    channel.publish(bytes("b"), null);

    assertThat(loop.tasks).hasSize(1);
    loop.runAll();
    assertThat(first.texts()).containsExactly("a", "b");
    assertThat(second.texts()).containsExactly("a", "b");
    assertThat(first.writes).isEqualTo(1);
  }

  @Test
  void whatIsPublishedBeforeASinkWithALoopIsOpenReachesItOnceItIs() {
    Channel channel = channel(ChannelLimits.DEFAULT, SlowRule.CLOSE);
    var loop = new ManualLoop();
    var sink = new CollectingSink(loop);
    Subscription subscription = channel.subscribe(sink);
    publish(channel, 0, 3);
    loop.runAll();
    assertThat(sink.texts()).isEmpty();

    subscription.resume();
    loop.runAll();

    assertThat(sink.texts()).isEqualTo(numbers(0, 3));
  }

  @Test
  void aLoopThatHasEndedCostsItsOwnSinksAndNobodyElse() {
    Channel channel = channel(ChannelLimits.DEFAULT, SlowRule.CLOSE);
    var alive = new CollectingSink();
    channel.subscribe(new CollectingSink(_ -> {
      throw new java.util.concurrent.RejectedExecutionException("the loop has ended");
    }));
    channel.subscribe(alive);

    channel.publish(bytes("a"), null);

    assertThat(channel.sinks()).containsExactly(alive);
    assertThat(alive.texts()).containsExactly("a");
  }

  @Test
  void aSinkThatThrowsIsRemovedAndDisturbsNobody() {
    Channel channel = channel(ChannelLimits.DEFAULT, SlowRule.CLOSE);
    var alive = new CollectingSink();
    Sink broken = new Sink() {
      @Override
      public boolean write(List<ByteBuffer> frames) throws IOException {
        throw new IOException("gone");
      }

      @Override
      public void end(CloseReason reason) {}
    };
    channel.subscribe(broken);
    channel.subscribe(alive);

    assertThat(channel.publish(bytes("a"), null)).isEqualTo(1);
    assertThat(channel.sinks()).containsExactly(alive);
    assertThat(alive.texts()).containsExactly("a");
  }

  @Test
  void aSinkSeesEveryMessageOnceAndInOrderWhileManyPublish() throws InterruptedException {
    Channel channel = channel(new ChannelLimits(100_000, 1 << 24, Duration.ofMinutes(1)), SlowRule.CLOSE);
    var sink = new CollectingSink();
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

    assertThat(sink.texts()).isEqualTo(texts(channel.history())).hasSize(20_000);
  }

  private Channel channel(ChannelLimits limits, SlowRule rule) {
    return new Channel("test", limits, rule, nanos::get, EngineListener.NONE);
  }

  private static void publish(Channel channel, int from, int to) {
    for (int i = from; i < to; i++) {
      channel.publish(bytes(Integer.toString(i)), null);
    }
  }

  private static List<String> numbers(int from, int to) {
    var numbers = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> texts(List<ByteBuffer> frames) {
    return frames.stream()
        .map(frame -> StandardCharsets.UTF_8.decode(frame.duplicate().position(HEADER)).toString())
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs its tasks when the test says so. */
  private static final class ManualLoop implements Loop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void runAll() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }

  /** Keeps everything it is sent; the engine calls it one thread at a time. */
  private static final class CollectingSink implements Sink {
    private final Loop loop;
    private final List<ByteBuffer> received = new ArrayList<>();
    private int writes;

    CollectingSink() {
      this(Loop.CALLER);
    }

    CollectingSink(Loop loop) {
      this.loop = loop;
    }

    List<String> texts() {
      return ChannelTest.texts(received);
    }

    @Override
    public boolean write(List<ByteBuffer> frames) {
      received.addAll(frames);
      writes++;
      return true;
    }

    @Override
    public void end(CloseReason reason) {}

    @Override
    public Loop loop() {
      return loop;
    }
  }
}
