package dev.porchlight.pipeline;

/** One step on the way of a frame. Called by several workers at once, never for two frames of one camera. */
@FunctionalInterface
public interface Stage {
  /**
   * Deals with a frame to its end, or hands it on. An exception leaves the frame waiting in the ledger.
   *
   * @param worker the number of the worker, from 0
   */
  void process(int worker, FrameTask task) throws InterruptedException;
}
