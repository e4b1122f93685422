package dev.porchlight.domain;

import java.time.Duration;

/** The answer to somebody who wants to see a {@link PictureView}. */
public sealed interface RenderedPicture {
  /** It was made. The array is handed over, not copied. */
  @SuppressWarnings("ArrayRecordComponent")
  record Jpeg(byte[] bytes) implements RenderedPicture {}

  /** The file is not there any more. */
  record Gone() implements RenderedPicture {}

  /** The file is there, and holds other bytes than those that were looked at. */
  record Overwritten() implements RenderedPicture {}

  /** It cannot be read or decoded; {@code why} in one line for people. */
  record Unreadable(String why) implements RenderedPicture {}

  /** Too many pictures are wanted at once. */
  record Busy(Duration retryAfter) implements RenderedPicture {}
}
