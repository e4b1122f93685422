package dev.porchlight.http;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the client of a request is still there, so that work for one that has left ends and frees what it holds.
 * Thread-safe; one thread works for a client at a time.
 */
final class ClientPresence {
  private final AtomicReference<@Nullable Stage> stage = new AtomicReference<>();

  /** Null while nobody works for the client. */
  private sealed interface Stage {
    record Working(Thread thread) implements Stage {}

    /** The client has left, and the thread is about to be interrupted. */
    record Interrupting() implements Stage {}

    record Left() implements Stage {}
  }

  /** Works, and is interrupted when the client leaves. */
  <T> T during(Callable<T> work) throws Exception {
    var working = new Stage.Working(Thread.currentThread());
    if (!stage.compareAndSet(null, working)) {
      throw new InterruptedException("the client has left");
    }
    try {
      return work.call();
    } finally {
      end(working);
    }
  }

  /** The client has left. */
  void left() {
    var leaving = new Stage.Interrupting();
    if (stage.getAndSet(leaving) instanceof Stage.Working(Thread thread)) {
      thread.interrupt();
    }
    stage.set(new Stage.Left());
  }

  /** An interrupt that was meant for the work must not hit what comes after it. */
  private void end(Stage.Working working) {
    if (!stage.compareAndSet(working, null)) {
      while (stage.get() instanceof Stage.Interrupting) {
        Thread.onSpinWait();
      }
      boolean _ = Thread.interrupted();
    }
  }
}
