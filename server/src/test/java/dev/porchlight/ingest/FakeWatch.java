package dev.porchlight.ingest;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A watch that notices only what a test tells it. */
final class FakeWatch implements DirectoryWatch {
  private static final Hints CLOSED = new Hints(List.of(), List.of(), false);

  private final BlockingQueue<Hints> hints = new LinkedBlockingQueue<>();
  private final Set<Path> watched = ConcurrentHashMap.newKeySet();

  void tell(Hints told) {
    hints.add(told);
  }

  boolean watches(Path folder) {
    return watched.contains(folder);
  }

  @Override
  public void watch(Path folder, @Nullable Object fileKey) {
    watched.add(folder);
  }

  @Override
  public void prune() {}

  @Override
  public Hints next() throws InterruptedException {
    Hints next = hints.take();
    if (next.equals(CLOSED)) {
      throw new ClosedWatchServiceException();
    }
    return next;
  }

  @Override
  public boolean isPartial() {
    return false;
  }

  @Override
  public void close() {
    hints.add(CLOSED);
  }
}
