package dev.porchlight.engine;

/** What becomes of a subscription that fell behind the retained history. */
public enum SlowRule {
  /** It is closed with {@link CloseReason#TOO_SLOW}: a gap in a stream of events is worse than an end. */
  CLOSE,
  /** It is moved on to the latest value of each key: of a gauge only the present counts. */
  LATEST
}
