package dev.porchlight.store.jdbc;

import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.store.DiskFullException;
import dev.porchlight.store.DiskSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The disk of a data folder. It counts as full from the first write that fails for lack of space until 64 MiB are free and a
 * test file can be written. A small write that still fits does not end the state, so that it does not flap. Begin and end are
 * logged once each. A thread checks each second while the disk is full. Thread-safe.
 */
public final class DataDisk implements DiskSpace, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataDisk.class);
  /** With less free space any failed write counts: a full disk also shows as shared memory that cannot grow. */
  private static final long LEAST_ROOM = 1L << 20;
  /** Free space that ends the state: two pictures of the largest size. */
  private static final long ROOM_AGAIN = 64L << 20;
  private static final int TEST_BYTES = 1 << 20;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path folder;
  private final Path tests;
  private final AtomicBoolean full = new AtomicBoolean();
  private final TaskGuard guard = new TaskGuard("disk-watch");
  private final CountDownLatch closing = new CountDownLatch(1);

  /** @param tests an existing folder on that disk, for the test file */
  DataDisk(Path folder, Path tests) {
    this.folder = folder;
    this.tests = tests;
  }

  @Override
  public boolean noteFailure(Throwable failure) {
    boolean isFull = DiskFullException.isSaidBy(failure) || isSaidBySqlite(failure) || usable() < LEAST_ROOM;
    if (isFull && full.compareAndSet(false, true)) {
      log.warn("disk full: {} (uploads are refused and nothing is stored until there is space): {}", folder,
          Refusal.reason(failure));
      var _ = Thread.ofVirtual().name("disk-watch").start(this::watch);
    }
    return isFull;
  }

  /** True while the disk counts as full. */
  public boolean isFull() {
    return full.get();
  }

  /** Ends the checks. */
  @Override
  public void close() {
    closing.countDown();
  }

  private void watch() {
    long begin = System.nanoTime();
    guard.loop(() -> !full.get() || closing.getCount() == 0, () -> look(begin));
  }

  private void look(long begin) throws InterruptedException {
    boolean isClosing = closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    if (!isClosing && usable() >= ROOM_AGAIN && canWrite() && full.compareAndSet(true, false)) {
      log.info("disk no longer full: {}, after {} s", folder, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }
  }

  private static boolean isSaidBySqlite(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException sqlite
          && Refusal.primary(sqlite.getResultCode()) == SQLiteErrorCode.SQLITE_FULL) {
        return true;
      }
    }
    return false;
  }

  /** Free space does not show a quota; a write does. */
  private boolean canWrite() {
    Path file = tests.resolve("room");
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.allocate(TEST_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return true;
    } catch (IOException _) {
      return false;
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.debug("{} could not be deleted: {}", file, e.toString());
    }
  }

  private long usable() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException _) {
      // Nothing is known: a write will tell.
      return Long.MAX_VALUE;
    }
  }
}
