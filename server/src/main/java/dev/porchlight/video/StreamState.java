package dev.porchlight.video;

/** How the stream of a camera is. */
sealed interface StreamState {
  /** It has not been heard of yet. */
  record Connecting() implements StreamState {}

  /** Pictures come. */
  record Running() implements StreamState {}

  /**
   * It does not come, and is tried again and again.
   *
   * @param reason in one line, without a password
   */
  record Reconnecting(String reason) implements StreamState {}
}
