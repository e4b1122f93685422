package dev.porchlight.ftp;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file is by the end of its name. Whatever ends otherwise is not taken. */
enum FileKind {
  /** To be looked at; taken only when it is whole. */
  PICTURE(".jpg", ".jpeg", ".png"),
  /** To be looked at in samples. */
  CLIP(".mp4", ".avi", ".mkv"),
  /** Kept aside until its sender renames it, as some firmware does when a transfer is done. */
  UNFINISHED(".tmp", ".temp", ".part"),
  /** What cameras send when their owner presses "Test"; forgotten when the session ends. */
  TEST(".txt");

  private final List<String> ends;

  FileKind(String... ends) {
    this.ends = List.of(ends);
  }

  /** Whether a file of this kind is to be put into its camera's folder. */
  boolean isForGood() {
    return this == PICTURE || this == CLIP;
  }

  /** The kind of a file of this name, or null. */
  static @Nullable FileKind of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (FileKind kind : values()) {
      if (kind.ends.stream().anyMatch(end -> lower.endsWith(end) && lower.length() > end.length())) {
        return kind;
      }
    }
    return null;
  }
}
