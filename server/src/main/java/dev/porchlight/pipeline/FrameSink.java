package dev.porchlight.pipeline;

import dev.porchlight.domain.DetectedObject;
import java.util.List;

/** Where frames go that have been looked at. */
@FunctionalInterface
public interface FrameSink {
  /** Takes a frame with what was found in it, waiting for room. Completes the task's outcome when that is stored. */
  void accept(FrameTask task, List<DetectedObject> objects) throws InterruptedException;
}
