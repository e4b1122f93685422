package dev.porchlight.video;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Remembers the frames of streams; can be told to fail, and which files are needed. */
final class MemoryLedger implements FrameLedger {
  private final List<Frame> taken = new ArrayList<>();
  private final Set<FileVersion> needed = new HashSet<>();
  private boolean broken;

  synchronized List<Frame> taken() {
    return List.copyOf(taken);
  }

  synchronized void breakDown(boolean down) {
    broken = down;
  }

  synchronized void need(FileVersion file) {
    needed.add(file);
  }

  @Override
  public synchronized @Nullable Frame take(Arrival arrival) {
    if (broken) {
      throw new StoreException("the disk is full");
    }
    var frame = new Frame(taken.size() + 1, arrival.cameraId(), arrival.source(), arrival.path(), arrival.size(),
        arrival.sha256(), arrival.capturedAt(), arrival.arrivedAt(), 0);
    taken.add(frame);
    return frame;
  }

  @Override
  public synchronized Set<FileVersion> needed(String cameraId, Collection<FileVersion> files) {
    var found = new HashSet<>(files);
    found.retainAll(needed);
    return found;
  }

  @Override
  public void recordUnread(String cameraId, FrameSource source, Collection<FileVersion> files, FrameState state,
      String reason, Instant at) {
    throw new UnsupportedOperationException("streams do not do this");
  }

  @Override
  public Set<FileVersion> known(String cameraId, Collection<FileVersion> files) {
    throw new UnsupportedOperationException("streams do not ask this");
  }

  @Override
  public boolean decodedSince(Frame frame, Instant since) {
    throw new UnsupportedOperationException("streams do not ask this");
  }

  @Override
  public List<Frame> waiting() {
    throw new UnsupportedOperationException("streams do not ask this");
  }

  @Override
  public void countDeaths(Collection<Long> frameIds) {
    throw new UnsupportedOperationException("streams do not do this");
  }

  @Override
  public Completion complete(Frame frame, List<DetectedObject> objects, @Nullable Long closes, @Nullable Long joins) {
    throw new UnsupportedOperationException("streams do not do this");
  }

  @Override
  public Completion completeApart(Frame frame, List<DetectedObject> objects) {
    throw new UnsupportedOperationException("streams do not do this");
  }

  @Override
  public void finish(long frameId, FrameState state, String reason) {
    throw new UnsupportedOperationException("streams do not do this");
  }
}
