package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Memory;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Out of direct memory is an {@code Error}, and passes: the upkeep goes on, and makes up for what it has not done. */
class UpkeepTest {
  private final AtomicInteger failures = new AtomicInteger();
  private final MemoryJournal journal = new MemoryJournal();
  private final Channel channel = new Channel("test", new ChannelConfig(ChannelLimits.DEFAULT, SlowRule.CLOSE, 6),
      new Numbering("e1", 0), Memory.DIRECT, this::nanoTime, EngineListener.NONE);
  private final EventBroadcaster events = new EventBroadcaster(channel, journal);

  @Test
  void whatIsStoredIsSentThoughTheUpkeepWasOutOfMemoryBefore() {
    var config = new LiveConfig(ChannelLimits.DEFAULT, ChannelLimits.DEFAULT, Duration.ofHours(24), 100);
    failures.set(4);
    try (var upkeep = new Upkeep(List.of(channel), events, journal, config, Clock.systemUTC())) {
      upkeep.start();
      await().until(() -> failures.get() < 4);
      // Nobody broadcasts it: it is the upkeep that does.
      journal.store(new Detection(1, "cam-1", "person", 0.5, Examples.NOON, 1, 2, 3, 4));

      await().until(() -> channel.last() == 1);
      await().until(() -> upkeep.taskState().status() == Status.OK);
    }
    assertThat(failures.get()).isZero();
  }

  private long nanoTime() {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
    return System.nanoTime();
  }
}
