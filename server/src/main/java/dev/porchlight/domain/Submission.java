package dev.porchlight.domain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The answer to somebody who hands in a picture. */
public sealed interface Submission {
  /** Bytes and ledger row are on disk; {@code outcome} completes when the frame has been looked at. */
  record Accepted(Frame frame, CompletableFuture<FrameOutcome> outcome) implements Submission {}

  /** Not a picture that Porchlight takes. */
  record Refused(Reason reason, String detail) implements Submission {}

  /** Nothing was kept, since too much is waiting already. */
  record Busy(Duration retryAfter) implements Submission {}

  /** There is no such camera, and cameras are not created by their first frame. */
  record UnknownCamera(String cameraId) implements Submission {}

  /**
   * The camera takes no pictures.
   *
   * @param detail why, in one line for people
   */
  record Closed(String detail) implements Submission {}

  /** Why a picture is refused. */
  enum Reason {
    /** Neither JPEG nor PNG. */
    NOT_A_PICTURE,
    /** It ends too early or its structure is broken. */
    DAMAGED,
    /** More bytes than allowed. */
    TOO_LARGE,
    /** More pixels than allowed. */
    TOO_MANY_PIXELS
  }
}
