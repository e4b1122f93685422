package dev.porchlight.http;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An io_uring for nothing but sends that never wait, many of them in one system call. Because none of them waits, all of
 * them are done when the call returns: nothing is in flight between two calls, and a socket may be closed as if there were no
 * ring. Netty's own ring tells of each write later and through a dozen objects, which costs more than the write itself.
 *
 * <p>Confined to the thread that opens it. Layouts and numbers are those of {@code linux/io_uring.h}, and the same on every
 * architecture whose low bytes come first.
 */
// Restricted: Java cannot check how large the memory is that the kernel shares.
@SuppressWarnings("restricted")
final class SendRing implements Sends {
  private static final Logger log = LoggerFactory.getLogger(SendRing.class);

  private static final long SYS_IO_URING_SETUP = 425;
  private static final long SYS_IO_URING_ENTER = 426;
  private static final int SETUP_SUBMIT_ALL = 1 << 7;
  private static final int SETUP_SINGLE_ISSUER = 1 << 12;
  private static final int SETUP_DEFER_TASKRUN = 1 << 13;
  private static final int FEATURE_SINGLE_MMAP = 1;
  private static final int ENTER_GETEVENTS = 1;
  private static final byte OP_SEND = 26;
  private static final long OFFSET_RINGS = 0;
  private static final long OFFSET_ENTRIES = 0x10000000L;

  private static final int PARAMS_BYTES = 120;
  private static final int ENTRY_BYTES = 64;
  private static final int COMPLETION_BYTES = 16;
  private static final int TRIES = 3;

  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  private final int ring;
  private final MemorySegment rings;
  private final MemorySegment entries;
  private final int entryMask;
  private final int completionMask;
  private final long entryHead;
  private final long entryTail;
  private final long completionHead;
  private final long completionTail;
  private final long completions;
  private boolean isBroken;

  private SendRing(int ring, MemorySegment params, MemorySegment rings, MemorySegment entries) {
    this.ring = ring;
    this.rings = rings;
    this.entries = entries;
    this.entryHead = offset(params, 40);
    this.entryTail = offset(params, 44);
    this.entryMask = rings.get(ValueLayout.JAVA_INT, offset(params, 48));
    this.completionHead = offset(params, 80);
    this.completionTail = offset(params, 84);
    this.completionMask = rings.get(ValueLayout.JAVA_INT, offset(params, 88));
    this.completions = offset(params, 100);
    long places = offset(params, 64);
    for (int i = 0; i <= entryMask; i++) {
      rings.set(ValueLayout.JAVA_INT, places + 4L * i, i);
    }
  }

  /**
   * Opens a ring for this thread.
   *
   * @param capacity how many sends there are at most in one call; a power of two
   * @return empty where the kernel has none, or forbids it
   */
  static Optional<SendRing> open(int capacity) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(PARAMS_BYTES, 8);
      // The two that make it cheaper are younger than the rest, Linux 6.1.
      int ring = setup(capacity, params, SETUP_SUBMIT_ALL | SETUP_SINGLE_ISSUER | SETUP_DEFER_TASKRUN);
      if (ring < 0) {
        ring = setup(capacity, params.fill((byte) 0), SETUP_SUBMIT_ALL);
      }
      return ring < 0 ? Optional.empty() : map(ring, params);
    }
  }

  private static int setup(int capacity, MemorySegment params, int flags) {
    params.set(ValueLayout.JAVA_INT, 8, flags);
    return (int) Libc.syscall(SYS_IO_URING_SETUP, capacity, params.address(), 0, 0);
  }

  private static Optional<SendRing> map(int ring, MemorySegment params) {
    boolean isOne = (params.get(ValueLayout.JAVA_INT, 20) & FEATURE_SINGLE_MMAP) != 0;
    long ringBytes = Math.max(offset(params, 64) + 4L * params.get(ValueLayout.JAVA_INT, 0),
        offset(params, 100) + (long) COMPLETION_BYTES * params.get(ValueLayout.JAVA_INT, 4));
    long entryBytes = (long) ENTRY_BYTES * params.get(ValueLayout.JAVA_INT, 0);
    long rings = isOne ? Libc.mmap(ringBytes, ring, OFFSET_RINGS) : Libc.MAP_FAILED;
    long entries = rings == Libc.MAP_FAILED ? Libc.MAP_FAILED : Libc.mmap(entryBytes, ring, OFFSET_ENTRIES);
    if (entries == Libc.MAP_FAILED) {
      if (rings != Libc.MAP_FAILED) {
        Libc.munmap(rings, ringBytes);
      }
      Libc.close(ring);
      return Optional.empty();
    }
    return Optional.of(new SendRing(ring, params, MemorySegment.ofAddress(rings).reinterpret(ringBytes),
        MemorySegment.ofAddress(entries).reinterpret(entryBytes)));
  }

  @Override
  public boolean isBroken() {
    return isBroken;
  }

  @Override
  public void put(int index, int socket, long address, int length) {
    int tail = (int) INT.get(rings, entryTail);
    long at = (long) ENTRY_BYTES * ((tail + index) & entryMask);
    entries.set(ValueLayout.JAVA_LONG, at, OP_SEND | (long) socket << 32);
    entries.set(ValueLayout.JAVA_LONG, at + 8, 0);
    entries.set(ValueLayout.JAVA_LONG, at + 16, address);
    entries.set(ValueLayout.JAVA_LONG, at + 24, length | Libc.NEVER_WAIT << 32);
    entries.set(ValueLayout.JAVA_LONG, at + 32, index);
    entries.set(ValueLayout.JAVA_LONG, at + 40, 0);
    entries.set(ValueLayout.JAVA_LONG, at + 48, 0);
    entries.set(ValueLayout.JAVA_LONG, at + 56, 0);
  }

  @Override
  public void send(int count, int[] results) {
    for (int i = 0; i < count; i++) {
      results[i] = NOT_SENT;
    }
    int from = (int) INT.get(rings, entryTail);
    int end = from + count;
    INT.setRelease(rings, entryTail, end);
    int done = 0;
    int failures = 0;
    while (done < count && failures < TRIES) {
      int taken = (int) INT.getAcquire(rings, entryHead);
      // What was taken but is not done would be waited for; there is no such thing, unless a kernel sees that otherwise.
      int awaited = taken == end ? count - done : 0;
      long result = Libc.syscall(SYS_IO_URING_ENTER, ring, end - taken, awaited, ENTER_GETEVENTS);
      int seen = collect(results);
      done += seen;
      failures = result < 0 && seen == 0 ? failures + 1 : 0;
    }
    if (done < count) {
      isBroken = true;
      log.warn("the kernel has left {} of {} sends undone; from here on they go one by one", count - done, count);
    }
  }

  private int collect(int[] results) {
    int head = (int) INT.get(rings, completionHead);
    int tail = (int) INT.getAcquire(rings, completionTail);
    for (int i = head; i != tail; i++) {
      long at = completions + (long) COMPLETION_BYTES * (i & completionMask);
      results[(int) rings.get(ValueLayout.JAVA_LONG, at)] = rings.get(ValueLayout.JAVA_INT, at + 8);
    }
    INT.setRelease(rings, completionHead, tail);
    return tail - head;
  }

  @Override
  public void close() {
    isBroken = true;
    Libc.munmap(rings.address(), rings.byteSize());
    Libc.munmap(entries.address(), entries.byteSize());
    Libc.close(ring);
  }

  private static long offset(MemorySegment params, long field) {
    return Integer.toUnsignedLong(params.get(ValueLayout.JAVA_INT, field));
  }
}
