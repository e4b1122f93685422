package dev.porchlight.ingest;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A ledger in memory that outlives the ingest under test, as the real one outlives the process. */
final class FakeLedger implements FrameLedger {
  private final Map<Key, FrameState> rows = new LinkedHashMap<>();
  private final List<Frame> taken = new ArrayList<>();
  private boolean broken;
  private int errors;

  private record Key(String cameraId, FileVersion file) {}

  /** From now on everything throws, or no longer. */
  synchronized void breakDown(boolean down) {
    broken = down;
  }

  /** The next calls throw an error, so many of them. */
  synchronized void runOutOfMemory(int times) {
    errors = times;
  }

  synchronized boolean isOutOfMemory() {
    return errors > 0;
  }

  synchronized List<Frame> taken() {
    return List.copyOf(taken);
  }

  /** The names of the files in this state, in the order written down. */
  synchronized List<String> names(FrameState state) {
    return rows.entrySet()
        .stream()
        .filter(row -> row.getValue() == state)
        .map(row -> name(row.getKey().file().path()))
        .toList();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  @Override
  public synchronized @Nullable Frame take(Arrival arrival) {
    fail();
    var file = new FileVersion(arrival.path(), arrival.size(), arrival.modifiedAt());
    if (rows.putIfAbsent(new Key(arrival.cameraId(), file), FrameState.WAITING) != null) {
      return null;
    }
    var frame = new Frame(rows.size(), arrival.cameraId(), arrival.source(), arrival.path(), arrival.size(),
        arrival.sha256(), arrival.capturedAt(), arrival.arrivedAt(), 0);
    taken.add(frame);
    return frame;
  }

  @Override
  public synchronized void recordUnread(String cameraId, FrameSource source, Collection<FileVersion> files,
      FrameState state, String reason, Instant at) {
    fail();
    files.forEach(file -> rows.putIfAbsent(new Key(cameraId, file), state));
  }

  @Override
  public synchronized Set<FileVersion> known(String cameraId, Collection<FileVersion> files) {
    fail();
    var known = new HashSet<>(files);
    known.removeIf(file -> !rows.containsKey(new Key(cameraId, file)));
    return known;
  }

  private synchronized void fail() {
    if (errors > 0) {
      errors--;
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
    if (broken) {
      throw new StoreException("the disk is full");
    }
  }

  @Override
  public boolean decodedSince(Frame frame, Instant since) {
    throw new UnsupportedOperationException("ingest does not ask this");
  }

  @Override
  public Set<FileVersion> needed(String cameraId, Collection<FileVersion> files) {
    throw new UnsupportedOperationException("ingest does not ask this");
  }

  @Override
  public List<Frame> waiting() {
    throw new UnsupportedOperationException("ingest does not ask this");
  }

  @Override
  public void countDeaths(Collection<Long> frameIds) {
    throw new UnsupportedOperationException("ingest does not do this");
  }

  @Override
  public Completion complete(Frame frame, List<DetectedObject> objects, @Nullable Long closes, @Nullable Long joins) {
    throw new UnsupportedOperationException("ingest does not do this");
  }

  @Override
  public Completion completeApart(Frame frame, List<DetectedObject> objects) {
    throw new UnsupportedOperationException("ingest does not do this");
  }

  @Override
  public synchronized void finish(long frameId, FrameState state, String reason) {
    fail();
    Frame frame = taken.stream().filter(it -> it.id() == frameId).findFirst().orElseThrow();
    rows.replaceAll((key, old) -> key.file().path().equals(frame.path()) ? state : old);
  }
}
