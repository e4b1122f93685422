package dev.porchlight.http;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts work for a client when its connection closes, so that the work frees the resources it holds. Thread-safe; one
 * thread at a time works for a client.
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

  /** Runs {@code work} on the caller's thread, which is interrupted when the client leaves. */
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

  /** Clears an interrupt that arrived late: it must not reach code after the work. */
  private void end(Stage.Working working) {
    if (!stage.compareAndSet(working, null)) {
      while (stage.get() instanceof Stage.Interrupting) {
        Thread.onSpinWait();
      }
      boolean _ = Thread.interrupted();
    }
  }
}
