package dev.porchlight.store;

import dev.porchlight.domain.Frame;
import java.util.List;

/** Frames, for those who look back. Thread-safe; methods block and throw {@link StoreException}. */
public interface FrameStore {
  /**
   * The frames of a camera that were looked at last, newest first. Their files may have gone or have been overwritten since.
   *
   * @param limit 1 to 200
   */
  List<Frame> latest(String cameraId, int limit);
}
