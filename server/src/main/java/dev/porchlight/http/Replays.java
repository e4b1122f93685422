package dev.porchlight.http;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.Semaphore;

/**
 * The places of replays, over all clients of a server: a few run, the others wait in order, so that many clients that come
 * back at once take neither the memory nor the processors from the clients that are there. Thread-safe.
 */
final class Replays {
  /** Each has 32 messages and a chunk of 16 KiB in memory. */
  static final int AT_ONCE = 8;

  private final Semaphore places = new Semaphore(AT_ONCE, true);

  Replays(MeterRegistry meters) {
    meters.gauge("porchlight.replays.running", this, Replays::running);
    meters.gauge("porchlight.replays.waiting", this, Replays::waiting);
  }

  /** Takes a place, waiting for it in order. */
  void enter() throws InterruptedException {
    places.acquire();
  }

  /** Gives a place back. */
  void leave() {
    places.release();
  }

  int running() {
    return AT_ONCE - places.availablePermits();
  }

  int waiting() {
    return places.getQueueLength();
  }
}
