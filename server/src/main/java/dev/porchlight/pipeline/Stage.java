package dev.porchlight.pipeline;

/** One step on the way of a frame. Called by several workers at once, never for two frames of one camera. */
@FunctionalInterface
public interface Stage {
  /**
   * Deals with a frame to its end, or hands it on to who does; either completes the task's outcome, which is when the next
   * frame of the camera gets its turn. An exception leaves the frame waiting in the ledger.
   *
   * @param worker the number of the worker, from 0
   */
  void process(int worker, FrameTask task) throws InterruptedException;
}
