package dev.porchlight.ftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * Who has tried too many wrong passwords and has to wait: an address for one account after five, an address for all of
 * them after fifty. The first is what a camera with an old password does for weeks, and it must not shut out the others
 * behind the same router; the second is somebody who goes through names. Each further mistake doubles the wait. Thread-safe.
 */
final class Lockout {
  private static final int FREE_FOR_ACCOUNT = 5;
  private static final int FREE_FOR_ADDRESS = 50;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  /** About 200 bytes each; whoever has more addresses than that is not stopped by counting them. */
  private static final int REMEMBERED = 4_096;

  private final LongSupplier nanoTime;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final SequencedMap<String, Failures> failures = new LinkedHashMap<>();

  Lockout(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isLocked(String address, String account) {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      return isLocked(address, now) || isLocked(both(address, account), now);
    }
  }

  void failed(String address, String account) {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      count(address, FREE_FOR_ADDRESS, now);
      count(both(address, account), FREE_FOR_ACCOUNT, now);
    }
  }

  void succeeded(String address, String account) {
    synchronized (lock) {
      failures.remove(both(address, account));
    }
  }

  /** How many are remembered. */
  int size() {
    synchronized (lock) {
      return failures.size();
    }
  }

  @GuardedBy("lock")
  private boolean isLocked(String key, long now) {
    Failures found = failures.get(key);
    return found != null && found.lockedUntil - now > 0 && found.count > 0;
  }

  @GuardedBy("lock")
  private void count(String key, int free, long now) {
    Failures before = failures.remove(key);
    int count = before == null || now - before.last > FORGOTTEN_AFTER.toNanos() ? 1 : before.count + 1;
    int doublings = Math.min(count - free, 10);
    long wait = doublings < 0 ? 0 : Math.min(FIRST_WAIT.toNanos() << doublings, LONGEST_WAIT.toNanos());
    failures.putLast(key, new Failures(count, now, now + wait));
    if (failures.size() > REMEMBERED) {
      failures.pollFirstEntry();
    }
  }

  /** A name that a stranger makes up can be as long as a line. */
  private static String both(String address, String account) {
    return address + " " + (account.length() > 64 ? account.substring(0, 64) : account);
  }

  private record Failures(int count, long last, long lockedUntil) {}
}
