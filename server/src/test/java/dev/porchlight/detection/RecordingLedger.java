package dev.porchlight.detection;

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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes how frames end; on demand it fails, or has seen everything before. Confined to the test's thread. */
final class RecordingLedger implements FrameLedger {
  final List<String> ended = new ArrayList<>();
  int failures;
  @Nullable
  Instant seenAt;

  @Override
  public void finish(long frameId, FrameState state, String reason) {
    if (failures-- > 0) {
      throw new StoreException("the disk is full");
    }
    ended.add(frameId + " " + state + ": " + reason);
  }

  @Override
  public boolean decodedSince(Frame frame, Instant since) {
    return seenAt != null && !seenAt.isBefore(since);
  }

  @Override
  public @Nullable Frame take(Arrival arrival) {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public void recordUnread(String cameraId, FrameSource source, Collection<FileVersion> files, FrameState state,
      String reason, Instant at) {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public Set<FileVersion> known(String cameraId, Collection<FileVersion> files) {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public Set<FileVersion> needed(String cameraId, Collection<FileVersion> files) {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public List<Frame> waiting() {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public void countDeaths(Collection<Long> frameIds) {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public Completion complete(Frame frame, List<DetectedObject> objects, @Nullable Long closes, @Nullable Long joins) {
    throw new UnsupportedOperationException("detection does not ask this");
  }

  @Override
  public Completion completeApart(Frame frame, List<DetectedObject> objects) {
    throw new UnsupportedOperationException("detection does not ask this");
  }
}
