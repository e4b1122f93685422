package dev.porchlight.store;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.StoredDetection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures have arrived and what became of each: the reason why none is lost and none is looked at twice. What a
 * method has returned is on disk. Thread-safe; methods block and throw {@link StoreException}.
 */
public interface FrameLedger {
  /**
   * Writes a picture down as {@link FrameState#WAITING}, and that its camera was seen at {@link Arrival#arrivedAt()}.
   * The camera must be known.
   *
   * @return the frame, or null when this version of this file is in the ledger already
   */
  @Nullable
  Frame take(Arrival arrival);

  /** Writes files down that end here: {@code state} is anything but waiting or done, {@code reason} one line. */
  void recordUnread(String cameraId, FrameSource source, Collection<FileVersion> files, FrameState state, String reason,
      Instant at);

  /** Those of {@code files} that the ledger has. */
  Set<FileVersion> known(String cameraId, Collection<FileVersion> files);

  /** Those of {@code files} whose frames wait, or in which something was found: what a sweep must leave. */
  Set<FileVersion> needed(String cameraId, Collection<FileVersion> files);

  /** True when another frame of this camera with the same bytes was decoded and had arrived at {@code since} or later. */
  boolean decodedSince(Frame frame, Instant since);

  /** The frames still {@link FrameState#WAITING}, in the order they were taken. */
  List<Frame> waiting();

  /** Notes that the process died while it looked at these frames. Unknown ids are ignored. */
  void countDeaths(Collection<Long> frameIds);

  /**
   * In one transaction: closes a batch, marks the frame done, stores what was found in it, with its messages in the
   * {@link Journal}, and joins that to a batch, which is opened when there is none to join.
   *
   * @param objects what was found; may be empty, and then no batch is opened or joined
   * @param closes  the batch to close first, or null
   * @param joins   the open batch to join, or null to open one
   * @return the detections as stored, in the order given, with the batch they joined
   */
  Completion complete(Frame frame, List<DetectedObject> objects, @Nullable Long closes, @Nullable Long joins);

  /**
   * As {@link #complete}, for a frame that came so late that it belongs to no open batch: what was found becomes a batch of
   * its own, which is closed from the start. The open batch is left as it is.
   *
   * @param objects what was found; at least one
   */
  Completion completeApart(Frame frame, List<DetectedObject> objects);

  /** Marks a waiting frame as ended without detections: {@code state} is anything but waiting or done. */
  void finish(long frameId, FrameState state, String reason);

  /**
   * What {@link #complete} stored.
   *
   * @param batchId the batch joined or opened; null when there were no detections
   */
  record Completion(List<StoredDetection> detections, @Nullable Long batchId) {}
}
