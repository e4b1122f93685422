package dev.porchlight.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static dev.porchlight.engine.Channels.history;
import static dev.porchlight.engine.Channels.message;
import static dev.porchlight.engine.Channels.plain;
import static dev.porchlight.engine.Channels.publish;
import static dev.porchlight.engine.Channels.sequenced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Memory outside the heap can run out, and does so with an {@link Error} (another one here, since JUnit gives up at that one). Seen to fail: the first when logs are appended to
 * one after the other as each gets its memory, the others when only exceptions are caught, and only those
 * of a sink: the whole loop then stands still for ever.
 */
class MemoryShortageTest {
  private static final ChannelLimits LITTLE = new ChannelLimits(3, 1 << 20, Channels.WIDE.age());

  private final Channels channels = new Channels();
  private final AtomicInteger blocksLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final Memory scarce = capacity -> {
    if (blocksLeft.getAndDecrement() <= 0) {
      throw new InternalError("no memory");
    }
    return channels.memory.allocate(capacity);
  };

  @Test
  void aMessageForWhichThereIsNoMemoryIsInNoLogAndLeavesNoTrace() {
    Channel channel = channel(SlowRule.CLOSE, Channels.WIDE);
    CollectingSink plain = CollectingSink.ready();
    CollectingSink numbered = CollectingSink.ready();
    channel.subscribe(plain);
    channel.join(numbered, new Follow(Encoding.SEQUENCED, null, Follow.LIVE));
    blocksLeft.set(1);
    assertThatThrownBy(() -> channel.publish(message(0))).isInstanceOf(InternalError.class);

    blocksLeft.set(Integer.MAX_VALUE);
    publish(channel, 0, 3);

    assertThat(plain.texts()).isEqualTo(plain(0, 3)).isEqualTo(history(channel));
    assertThat(numbered.texts()).isEqualTo(sequenced(0, 3));
    CollectingSink back = CollectingSink.ready();
    channel.join(back, new Follow(Encoding.PLAIN, null, 1)).subscription().resume();
    assertThat(back.texts()).isEqualTo(plain(1, 3));
    assertThat(channels.memory.blocks()).isEqualTo(2);
  }

  @Test
  void whoeverCannotBeMovedOnForWantOfMemoryEndsAloneAndItsLoopGoesOn() {
    Channel channel = channel(SlowRule.LATEST, LITTLE);
    var loop = new ManualLoop();
    List<CollectingSink> sinks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      CollectingSink sink = CollectingSink.on(loop);
      channel.subscribe(sink).resume();
      sinks.add(sink);
    }
    loop.runAll();
    for (int i = 0; i < 20; i++) {
      channel.publish(message("gpu", "" + i, "gpu"));
    }

    blocksLeft.set(5);
    loop.runAll();
    blocksLeft.set(Integer.MAX_VALUE);
    channel.publish(message("gpu", "20", "gpu"));
    loop.runAll();

    assertThat(channel.sinks()).hasSize(5);
    assertThat(sinks).filteredOn(sink -> sink.ends.isEmpty())
        .hasSize(5)
        .allMatch(sink -> sink.texts().getLast().equals("{\"type\":\"gpu\",\"data\":20}"));
    assertThat(sinks).filteredOn(sink -> !sink.ends.isEmpty())
        .allMatch(sink -> sink.ends.equals(List.of(CloseReason.DEAD)));
  }

  @Test
  void aSinkThatFailsWithAnErrorEndsAloneForWhoeverPublishes() {
    Channel channel = channel(SlowRule.CLOSE, Channels.WIDE);
    CollectingSink broken = CollectingSink.on(Loop.CALLER, () -> {
      throw new InternalError("no memory");
    });
    channel.subscribe(broken);
    CollectingSink alive = CollectingSink.ready();
    channel.subscribe(alive);

    assertThat(channel.publish(message(0))).isEqualTo(1);

    assertThat(broken.ends).containsExactly(CloseReason.DEAD);
    assertThat(channel.sinks()).containsExactly(alive);
    assertThat(alive.texts()).isEqualTo(plain(0, 1));
  }

  private Channel channel(SlowRule rule, ChannelLimits limits) {
    return new Channel("test", new ChannelConfig(limits, rule, 6), new Numbering("e1", 0), scarce, channels.nanos::get,
        EngineListener.NONE);
  }
}
