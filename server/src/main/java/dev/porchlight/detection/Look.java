package dev.porchlight.detection;

import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.FrameState;
import java.util.List;

/** What came of looking at a frame. */
sealed interface Look {
  /** It was looked at, and this is what is in it. */
  record Seen(List<DetectedObject> objects) implements Look {}

  /**
   * It is not to be looked at, now or later.
   *
   * @param reason one line for people
   * @param tag    the reason as metrics spell it
   */
  record Ended(FrameState state, String reason, String tag) implements Look {}
}
