package dev.porchlight.pipeline;

import dev.porchlight.domain.FileVersion;
import java.util.Collection;
import java.util.Set;

/**
 * The way in for video files that are found in a camera's folder: each is read once, and its pictures become frames.
 * Thread-safe; methods block, and throw what the store throws.
 */
public interface ClipIntake {
  /** Takes no video files: for who has nothing to read them with. */
  ClipIntake NONE = new ClipIntake() {
    @Override
    public Set<FileVersion> ended(String cameraId, Collection<FileVersion> files) {
      return Set.of();
    }

    @Override
    public boolean isBegun(String cameraId, FileVersion file) {
      return false;
    }

    @Override
    public Reading read(String cameraId, FileVersion file, boolean rested) {
      return new Reading.Refused("video files are not taken here");
    }
  };

  /** Those of {@code files} that have been dealt with. */
  Set<FileVersion> ended(String cameraId, Collection<FileVersion> files);

  /** True when a server that stopped had begun to read it, and it is to be read on, however old it is. */
  boolean isBegun(String cameraId, FileVersion file);

  /**
   * Reads a video file to its end, or from where an earlier server came to, waiting for room for each picture.
   *
   * @param rested true when the file has not changed for so long that nobody writes on
   * @throws InterruptedException when the thread is interrupted; the next start reads on
   */
  Reading read(String cameraId, FileVersion file, boolean rested) throws InterruptedException;

  /** What came of it. */
  sealed interface Reading {
    /** All its pictures are in the ledger, now or already before; or it was gone, which is written down. */
    record Ended() implements Reading {}

    /** It is not whole yet; somebody may be writing on. */
    record Unfinished() implements Reading {}

    /** It cannot be read now, which is no fault of its own: it is to be tried later. */
    record Later() implements Reading {}

    /**
     * No video that can be read. This is not written down yet.
     *
     * @param detail one line for people
     */
    record Refused(String detail) implements Reading {}
  }
}
