package dev.porchlight.engine;

/**
 * A message as the log of one encoding holds it.
 *
 * @param main        the frame that most followers get, in parts
 * @param alternative the frame that some get in its place, in parts; empty when there is none
 * @param isForAll    true when every follower without a filter gets the main frame, and nothing lies behind it
 */
@SuppressWarnings("ArrayRecordComponent")
record Encoded(byte[][] main, byte[][] alternative, boolean isForAll) {
  /** The bytes of both frames. */
  int size() {
    return size(main) + size(alternative);
  }

  private static int size(byte[][] parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    return size;
  }
}
