package dev.porchlight.ftp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file is by the end of its name. Whatever ends otherwise is not taken. */
enum FileKind {
  /** To be looked at; taken only when it is whole. */
  PICTURE,
  /** To be looked at in samples. */
  CLIP,
  /** Kept aside until its sender renames it, as some firmware does when a transfer is done. */
  UNFINISHED,
  /** What cameras send when their owner presses "Test"; forgotten when the session ends. */
  TEST;

  /** Whether a file of this kind is to be put into its camera's folder. */
  boolean isForGood() {
    return this == PICTURE || this == CLIP;
  }

  /** The kind of a file of this name, or null. */
  static @Nullable FileKind of(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 1) {
      return null;
    }
    return switch (name.substring(dot + 1).toLowerCase(Locale.ROOT)) {
      case "jpg", "jpeg", "png" -> PICTURE;
      case "mp4", "avi", "mkv" -> CLIP;
      case "tmp", "temp", "part" -> UNFINISHED;
      case "txt" -> TEST;
      default -> null;
    };
  }
}
