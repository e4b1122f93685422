package dev.porchlight.api;

import org.jspecify.annotations.Nullable;

/**
 * A field of a body: given or left out, which is not the same as null.
 *
 * @param value null when it is left out, or given as null, or wrong
 */
record Given<T>(boolean isGiven, @Nullable T value) {
  static <T> Given<T> no() {
    return new Given<>(false, null);
  }

  static <T> Given<T> as(@Nullable T value) {
    return new Given<>(true, value);
  }

  /** What holds afterwards; null stands for the standard. */
  @Nullable
  T or(@Nullable T before) {
    return isGiven ? value : before;
  }

  /** What holds afterwards where something always does. */
  T or(T before, T standard) {
    if (!isGiven) {
      return before;
    }
    return value == null ? standard : value;
  }
}
