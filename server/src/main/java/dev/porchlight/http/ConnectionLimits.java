package dev.porchlight.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the WebSocket connections, in all and by address; loopback counts in all only. Thread-safe. */
final class ConnectionLimits {
  private final int mostInAll;
  private final int mostPerAddress;
  private final ReentrantLock lock = new ReentrantLock();
  @GuardedBy("lock")
  private int inAll;
  @GuardedBy("lock")
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();

  ConnectionLimits(int mostInAll, int mostPerAddress) {
    this.mostInAll = mostInAll;
    this.mostPerAddress = mostPerAddress;
  }

  /** Takes a place; false when there is none. */
  boolean enter(InetAddress address) {
    lock.lock();
    try {
      int here = perAddress.getOrDefault(address, 0);
      if (inAll >= mostInAll || (!address.isLoopbackAddress() && here >= mostPerAddress)) {
        return false;
      }
      inAll++;
      perAddress.put(address, here + 1);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back. */
  void leave(InetAddress address) {
    lock.lock();
    try {
      inAll--;
      perAddress.computeIfPresent(address, (_, here) -> here == 1 ? null : here - 1);
    } finally {
      lock.unlock();
    }
  }
}
