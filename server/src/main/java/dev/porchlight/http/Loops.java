package dev.porchlight.http;

import dev.porchlight.engine.Loop;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The engine's loop for each event loop, the same one each time. Thread-safe. */
final class Loops {
  private final Map<EventLoop, Loop> loops = new ConcurrentHashMap<>();

  Loop of(EventLoop eventLoop) {
    return loops.computeIfAbsent(eventLoop, NettyLoop::new);
  }

  private record NettyLoop(EventLoop eventLoop) implements Loop {
    @Override
    public void execute(Runnable task) {
      eventLoop.execute(task);
    }

    @Override
    public boolean isCurrent() {
      return eventLoop.inEventLoop();
    }
  }
}
