package dev.porchlight.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.porchlight.engine.Channels.WIDE;
import static dev.porchlight.engine.Channels.message;
import static dev.porchlight.engine.Channels.plain;
import static dev.porchlight.engine.Channels.publish;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is thrown while a loop serves its followers, the others on the loop are served, now and later. Seen to fail: when only
 * exceptions of a sink that ends are caught; when a flush that fails ends the walk; when a loop that refuses a task with an
 * error, or in the middle of a walk, is taken for one that is awake; when a listener's exceptions are not caught.
 */
class InterruptedWalkTest {
  /** More than fit into one turn. */
  private static final int FOLLOWERS = 100;
  private static final long MILLISECOND = 1_000_000;

  private final Channels channels = new Channels();
  private final FragileLoop loop = new FragileLoop();
  private final List<Throwable> uncaught = new ArrayList<>();

  static Stream<Throwable> causes() {
    return Stream.of(new RejectedExecutionException("the loop has ended"), new InternalError("no memory"));
  }

  @BeforeEach
  void hearWhatNobodyCaught() {
    Thread.currentThread().setUncaughtExceptionHandler((_, e) -> uncaught.add(e));
  }

  @AfterEach
  void hearNoLonger() {
    Thread.currentThread().setUncaughtExceptionHandler(null);
  }

  @Test
  void aSinkThatCannotEvenEndDisturbsNobodyOnItsLoop() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    List<CollectingSink> sinks = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      if (i % 3 == 0) {
        channel.subscribe(new DoomedSink(loop)).resume();
      }
      sinks.add(follow(channel));
    }
    loop.runAll();

    publish(channel, 0, 1);
    assertThat(loop.runAll()).isZero();
    publish(channel, 1, 2);
    loop.runAll();

    assertThat(sinks).allMatch(sink -> sink.texts().equals(plain(0, 2)));
    assertThat(channel.sinks()).hasSize(FOLLOWERS);
  }

  @Test
  void aSinkThatCannotEvenEndDisturbsNeitherThePublisherNorOthersWithoutALoop() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    CollectingSink first = CollectingSink.ready();
    CollectingSink last = CollectingSink.ready();
    channel.subscribe(first);
    channel.subscribe(new DoomedSink(Loop.CALLER));
    channel.subscribe(last);

    assertThat(channel.publish(message(0))).isEqualTo(2);

    assertThat(first.texts()).isEqualTo(plain(0, 1));
    assertThat(last.texts()).isEqualTo(plain(0, 1));
    assertThat(channel.sinks()).hasSize(2);
  }

  @Test
  void aSinkThatFellBehindAndCannotEndDisturbsNobody() {
    Channel channel = channels.channel(new ChannelLimits(2, 1 << 20, WIDE.age()), SlowRule.CLOSE);
    // It is busy from the beginning, since it never says that it is open.
    channel.subscribe(new DoomedSink(loop));
    CollectingSink reading = follow(channel);
    for (int i = 0; i < 5; i++) {
      publish(channel, i, i + 1);
      assertThat(loop.runAll()).isZero();
    }

    assertThat(reading.texts()).isEqualTo(plain(0, 5));
    assertThat(channel.sinks()).containsExactly(reading);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aFlushThatFailsEndsItsTurnAndNotTheWalk(Throwable cause) {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    List<CollectingSink> sinks = crowd(channel);

    publish(channel, 0, 1);
    loop.failInFlush(cause);
    assertThat(loop.runAll()).as("the loop hears of it").isEqualTo(1);
    publish(channel, 1, 2);
    loop.runAll();

    assertThat(sinks).allMatch(sink -> sink.texts().equals(plain(0, 2)));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aLoopThatTakesNoTaskLosesItsFollowersAndServesThoseWhoComeLater(Throwable cause) {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    List<CollectingSink> sinks = crowd(channel);

    loop.failInExecute(cause);
    int _ = channel.publish(message(0));
    loop.runAll();

    assertThat(channel.sinks()).isEmpty();
    assertThat(sinks).allMatch(sink -> sink.ends.equals(List.of(CloseReason.DEAD)));
    assertServedFromHere(channel, 1);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aLoopThatTakesNoTaskInTheMiddleOfAWalkLosesItsFollowersToo(Throwable cause) {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    List<CollectingSink> sinks = crowd(channel);

    publish(channel, 0, 1);
    loop.failInExecute(cause);
    assertThat(loop.runAll()).isZero();

    assertThat(channel.sinks()).isEmpty();
    assertThat(sinks).allMatch(sink -> sink.ends.equals(List.of(CloseReason.DEAD)));
    assertThat(sinks).filteredOn(sink -> !sink.texts().isEmpty()).hasSizeBetween(1, FOLLOWERS - 1);
    assertServedFromHere(channel, 1);
  }

  @Test
  void whatOneHasPutOffIsDoneInTheSameTaskAlsoWhenOnlyItIsServed() {
    Channel channel = channels.channel(WIDE, SlowRule.CLOSE);
    publish(channel, 0, 1);
    int before = loop.flushes();

    channel.join(new DoomedSink(loop), new Follow(Encoding.PLAIN, null, 0)).subscription().resume();
    loop.runAll();

    assertThat(loop.flushes()).isEqualTo(before + 1);
    assertThat(channel.sinks()).isEmpty();
  }

  enum Hears {
    PUBLISHED, WOKEN, WRITTEN, FAILED, FELL_BEHIND
  }

  @ParameterizedTest
  @EnumSource
  void aListenerThatThrowsChangesNothingAndIsReported(Hears what) {
    var limits = new ChannelLimits(2, 1 << 20, WIDE.age());
    var channel = new Channel("test", new ChannelConfig(limits, SlowRule.CLOSE, 6), new Numbering("e1", 0),
        channels.memory, channels.nanos::get, new DeafListener(what));
    CollectingSink withoutLoop = CollectingSink.ready();
    channel.subscribe(withoutLoop);
    channel.subscribe(new DoomedSink(loop));
    List<CollectingSink> sinks = crowd(channel);
    channel.subscribe(new DoomedSink(loop)).resume();

    for (int i = 0; i < 5; i++) {
      publish(channel, i, i + 1);
      assertThat(loop.runAll()).isZero();
    }

    assertThat(withoutLoop.texts()).isEqualTo(plain(0, 5));
    assertThat(sinks).allMatch(sink -> sink.texts().equals(plain(0, 5)));
    assertThat(channel.sinks()).hasSize(FOLLOWERS + 1);
    assertThat(uncaught).isNotEmpty().allMatch(e -> String.valueOf(e.getMessage()).equals("deaf to " + what));
  }

  private List<CollectingSink> crowd(Channel channel) {
    List<CollectingSink> sinks = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      sinks.add(follow(channel));
    }
    loop.runAll();
    return sinks;
  }

  /** A follower for which each write takes a millisecond. */
  private CollectingSink follow(Channel channel) {
    CollectingSink sink = CollectingSink.on(loop, () -> channels.nanos.addAndGet(MILLISECOND));
    channel.subscribe(sink).resume();
    return sink;
  }

  private void assertServedFromHere(Channel channel, int number) {
    CollectingSink late = follow(channel);
    loop.runAll();
    publish(channel, number, number + 1);
    loop.runAll();
    assertThat(late.texts()).isEqualTo(plain(number, number + 1));
  }

  /** Fails when it is written to, and again when it is to end. */
  private record DoomedSink(Loop loop) implements Sink {
    @Override
    public boolean write(Block block, int from, int to) {
      block.release();
      throw new InternalError("no memory to write");
    }

    @Override
    public void end(CloseReason reason) {
      throw new InternalError("no memory to end");
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** Fails when it hears of one thing. */
  private record DeafListener(Hears what) implements EngineListener {
    @Override
    public void published(int bytes) {
      hear(Hears.PUBLISHED);
    }

    @Override
    public void woken() {
      hear(Hears.WOKEN);
    }

    @Override
    public void written(int frames) {
      hear(Hears.WRITTEN);
    }

    @Override
    public void failed(Sink sink, Throwable cause) {
      hear(Hears.FAILED);
    }

    @Override
    public void fellBehind(Sink sink, SlowRule rule) {
      hear(Hears.FELL_BEHIND);
    }

    private void hear(Hears heard) {
      if (heard == what) {
        throw new InternalError("deaf to " + what);
      }
    }
  }
}
