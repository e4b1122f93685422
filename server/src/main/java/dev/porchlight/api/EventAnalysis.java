package dev.porchlight.api;

import dev.porchlight.domain.Judgement;

/** Analyses an event again. Thread-safe. */
@FunctionalInterface
public interface EventAnalysis {
  /**
   * Has an event judged anew; may take as long as a language model may.
   *
   * @param isStored true when the event is to have the new verdict
   */
  Result analyse(long eventId, boolean isStored) throws InterruptedException;

  /** What came of it. */
  sealed interface Result {
    /** There is a verdict. */
    record Judged(Judgement judgement) implements Result {}

    /** There is no such event. */
    record Unknown() implements Result {}

    /** Somebody else is at it. */
    record UnderWay() implements Result {}
  }
}
