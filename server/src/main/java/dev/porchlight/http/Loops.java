package dev.porchlight.http;

import dev.porchlight.engine.Loop;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engine's loop for each event loop, the same one each time. Thread-safe, but for what is confined to an event loop. */
final class Loops {
  private final Map<EventLoop, NettyLoop> loops = new ConcurrentHashMap<>();
  private final String transport;

  /**
   * Loops without connections.
   *
   * @param transport how their sockets are served: {@code io_uring}, {@code epoll} or {@code nio}
   */
  Loops(String transport) {
    this.transport = transport;
  }

  /** The loop of the event loop that this is called on. */
  NettyLoop of(EventLoop eventLoop) {
    return loops.computeIfAbsent(eventLoop, it -> new NettyLoop(it, batch(it)));
  }

  private @Nullable SendBatch batch(EventLoop eventLoop) {
    return switch (transport) {
      case "io_uring" -> new SendBatch(eventLoop, ring());
      case "epoll" -> new SendBatch(eventLoop, new SendCalls(SendBatch.CAPACITY));
      // Java does not tell what its sockets are to the kernel.
      default -> null;
    };
  }

  private static Sends ring() {
    Optional<SendRing> ring = SendRing.open(SendBatch.CAPACITY);
    return ring.isPresent() ? ring.get() : new SendCalls(SendBatch.CAPACITY);
  }

  /** Gives back what the loops hold; nothing runs on them any more. */
  void close() {
    loops.values().stream().map(NettyLoop::batch).filter(Objects::nonNull).forEach(SendBatch::close);
  }

  /** An event loop, and what its connections send together. */
  static final class NettyLoop implements Loop {
    private final EventLoop eventLoop;
    private final @Nullable SendBatch batch;

    private NettyLoop(EventLoop eventLoop, @Nullable SendBatch batch) {
      this.eventLoop = eventLoop;
      this.batch = batch;
    }

    /** What its connections send together; null when each has to send for itself. */
    @Nullable
    SendBatch batch() {
      return batch;
    }

    @Override
    public void execute(Runnable task) {
      eventLoop.execute(task);
    }

    @Override
    public boolean isCurrent() {
      return eventLoop.inEventLoop();
    }

    @Override
    public void flush() {
      if (batch != null) {
        batch.flush();
      }
    }
  }
}
