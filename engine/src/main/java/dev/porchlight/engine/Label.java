package dev.porchlight.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a message is about, for those who follow a part of a channel only.
 *
 * @param type    the type of the message
 * @param source  where it comes from; null when it comes from nowhere in particular
 * @param level   how grave it is; negative when that cannot be said of it
 * @param isPlain false for what only those are told who ask for numbered messages
 */
public record Label(String type, @Nullable String source, int level, boolean isPlain) {
  /** A label that says no more than the type. */
  public static Label of(String type) {
    return new Label(type, null, -1, true);
  }
}
