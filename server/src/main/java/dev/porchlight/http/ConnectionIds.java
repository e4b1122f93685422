package dev.porchlight.http;

import java.util.concurrent.atomic.AtomicLong;

/** What the connections of a server are called: 1, 2, 3 … Thread-safe. */
final class ConnectionIds {
  private final AtomicLong last = new AtomicLong();

  long next() {
    return last.incrementAndGet();
  }
}
