package dev.porchlight.bench;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.SlowRule;

/** Channels whose followers cost nothing, so that what is measured is the engine's own. */
final class NullSinks {
  private NullSinks() {}

  /** A channel with the limits of a server. Whoever falls behind is moved on, so that nobody leaves a measurement. */
  static Channel channel() {
    return new Channel("bench", ChannelLimits.DEFAULT, SlowRule.LATEST, System::nanoTime, EngineListener.NONE);
  }

  /** Lets this many sinks of one loop follow. */
  static void follow(Channel channel, Loop loop, int sinks) {
    for (int i = 0; i < sinks; i++) {
      channel.subscribe(new NullSink(loop)).resume();
    }
  }
}
