package dev.porchlight.domain;

import java.util.Locale;

/** The door a frame came in by. */
public enum FrameSource {
  /** A file in the camera's folder. */
  FOLDER,
  /** Handed in over HTTP. */
  HTTP,
  /** Pulled from the camera's stream. */
  STREAM,
  /** Taken from a video file. */
  CLIP;

  /** The source as the store spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}. */
  public static FrameSource ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
