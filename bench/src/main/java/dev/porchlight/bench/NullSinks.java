package dev.porchlight.bench;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.http.NettyMemory;
import java.util.concurrent.Executor;

/** Channels whose followers cost nothing, so that what is measured is the engine's own. */
final class NullSinks {
  private NullSinks() {}

  /** A channel with the limits of a server. Whoever falls behind is moved on, so that nobody leaves a measurement. */
  static Channel channel() {
    return channel(new Numbering("bench", 0));
  }

  /** The same, whose numbers begin elsewhere. */
  static Channel channel(Numbering numbering) {
    return new Channel("bench", new ChannelConfig(ChannelLimits.DEFAULT, SlowRule.LATEST, 6), numbering,
        new NettyMemory(), System::nanoTime, EngineListener.NONE);
  }

  /** A loop of one thread. */
  static Loop loop(Executor thread) {
    return new Loop() {
      @Override
      public void execute(Runnable task) {
        thread.execute(task);
      }

      @Override
      public boolean isCurrent() {
        return false;
      }
    };
  }

  /** Lets this many sinks of one loop follow. */
  static void follow(Channel channel, Loop loop, int sinks) {
    for (int i = 0; i < sinks; i++) {
      channel.subscribe(new NullSink(loop)).resume();
    }
  }
}
