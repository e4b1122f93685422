package dev.porchlight.domain;

import java.util.Locale;

/** Where a frame is on its way; every state but {@link #WAITING} is final. */
public enum FrameState {
  /** Taken, and not yet looked at. */
  WAITING,
  /** Decoded and looked at; its detections, if any, are stored. */
  DONE,
  /** Too old when the server found it at start: recorded, never looked at. */
  SEEN,
  /** The same bytes came from the same camera a moment ago. */
  DUPLICATE,
  /** No picture, or one that cannot or may not be decoded. */
  REJECTED,
  /** The file was gone, or had been overwritten, when its turn came. */
  VANISHED,
  /** The process died twice while it was being looked at. */
  SET_ASIDE,
  /** A picture of a stream that made room for newer ones while it waited. */
  DROPPED;

  /** The state as the store spells it: {@code set_aside} and so on. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}. */
  public static FrameState ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
