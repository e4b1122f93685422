package dev.porchlight.ingest;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Notices nothing: for file systems that tell nothing, such as most network drives. Thread-safe. */
final class NoDirectoryWatch implements DirectoryWatch {
  private final CountDownLatch closed = new CountDownLatch(1);

  @Override
  public void watch(Path folder, @Nullable Object fileKey) {}

  @Override
  public void prune() {}

  @Override
  public Hints next() throws InterruptedException {
    closed.await();
    throw new ClosedWatchServiceException();
  }

  @Override
  public boolean isPartial() {
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
