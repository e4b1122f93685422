package dev.porchlight.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static dev.porchlight.engine.Channels.WIDE;
import static dev.porchlight.engine.Channels.message;
import static dev.porchlight.engine.Channels.plain;
import static dev.porchlight.engine.Channels.publish;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody who is asleep is forgotten. Each interleaving is forced, since chance rarely finds it. Seen to fail: the first when
 * {@code Subscription} serves once for a call that came while it was at work, the second when it does so for a sink with a
 * loop, the third when {@code Members} resets {@code woken} after its walk instead of before, the fourth when a walk does not
 * look whether somebody is left.
 */
class WakeUpTest {
  private final Channels channels = new Channels();
  private final Channel channel = channels.channel(WIDE, SlowRule.CLOSE);

  @Test
  void whatIsPublishedWhileAnotherThreadServesTheSinkIsServedByThatThread() throws InterruptedException {
    var isWriting = new CountDownLatch(1);
    var mayGoOn = new CountDownLatch(1);
    var first = new AtomicBoolean(true);
    CollectingSink sink = CollectingSink.on(Loop.CALLER, () -> {
      if (first.compareAndSet(true, false)) {
        isWriting.countDown();
        await(mayGoOn);
      }
    });
    channel.subscribe(sink);
    Thread serving = Thread.ofPlatform().start(() -> publish(channel, 0, 1));
    await(isWriting);

    publish(channel, 1, 2);
    mayGoOn.countDown();
    serving.join();

    assertThat(sink.texts()).isEqualTo(plain(0, 2));
  }

  @Test
  void aSinkThatIsReadyAgainBeforeItsWriteReturnsIsServedOnce() {
    var loop = new ManualLoop();
    var subscription = new ArrayList<Subscription>();
    var inner = CollectingSink.on(loop);
    Sink sink = new Sink() {
      @Override
      public boolean write(Block block, int from, int to) {
        inner.write(block, from, to);
        loop.asCurrent(() -> subscription.getFirst().resume());
        return false;
      }

      @Override
      public void end(CloseReason reason) {}

      @Override
      public Loop loop() {
        return loop;
      }
    };
    subscription.add(channel.subscribe(sink));
    // More than goes into one write.
    publish(channel, 0, 3_000);

    subscription.getFirst().resume();
    loop.runAll();

    assertThat(inner.texts()).isEqualTo(plain(0, 3_000));
  }

  @Test
  void whatIsPublishedDuringAWalkReachesThoseWhoWereServedBefore() {
    var loop = new ManualLoop();
    var published = new AtomicBoolean();
    List<CollectingSink> sinks = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      sinks.add(CollectingSink.on(loop, () -> {
        // By whoever is served second, when the first one's turn is over.
        if (sinks.stream().filter(sink -> !sink.texts().isEmpty()).count() == 1
            && published.compareAndSet(false, true)) {
          channel.publish(message(1));
        }
      }));
      channel.subscribe(sinks.getLast()).resume();
    }
    loop.runAll();

    publish(channel, 0, 1);
    loop.runAll();

    assertThat(published).isTrue();
    assertThat(sinks).allMatch(sink -> sink.texts().equals(plain(0, 2)));
  }

  @Test
  void aWalkEndsWhenEverybodyLeavesDuringIt() {
    var loop = new ManualLoop();
    List<CollectingSink> sinks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sinks.add(CollectingSink.on(loop, () -> sinks.forEach(channel::unsubscribe)));
      channel.subscribe(sinks.getLast()).resume();
    }
    loop.runAll();

    publish(channel, 0, 1);
    loop.runAll();

    assertThat(sinks.stream().filter(sink -> !sink.texts().isEmpty())).hasSize(1);
    assertThat(channel.sinks()).isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
