package dev.porchlight.store;

import dev.porchlight.domain.Clip;
import dev.porchlight.domain.ClipArrival;
import dev.porchlight.domain.ClipState;
import dev.porchlight.domain.FileVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which video files have arrived and how far each has been read: the reason why a server that was killed in the middle of
 * one goes on there. What a method has returned is on disk. Thread-safe; methods block and throw {@link StoreException}.
 */
public interface ClipLedger {
  /**
   * Writes a clip down as {@link ClipState#READING}, or finds it again where its reading stopped. The camera must be known.
   *
   * @return the clip to read on from {@link Clip#position()}, or null when this version of this file has ended
   */
  @Nullable
  Clip begin(ClipArrival arrival);

  /**
   * Notes how far a clip has been read; the pictures up to there must be in the {@link FrameLedger} already. A clip never
   * goes back: an earlier position, or fewer pictures, changes nothing.
   */
  void advance(long clipId, Duration position, int framesTaken);

  /**
   * Ends a clip, once.
   *
   * @param state  any but reading
   * @param reason one line for people; empty when {@code state} is done
   */
  void finish(long clipId, ClipState state, String reason);

  /** The clips still {@link ClipState#READING}, in the order in which they came: for a start. */
  List<Clip> reading();

  /** True when a clip of this camera with these bytes was read to its end and had arrived at {@code since} or later. */
  boolean readSince(String cameraId, String sha256, Instant since);

  /** Those of {@code files} that the ledger has, being read or ended. */
  Set<FileVersion> known(String cameraId, Collection<FileVersion> files);
}
