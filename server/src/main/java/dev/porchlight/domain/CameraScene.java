package dev.porchlight.domain;

import org.jspecify.annotations.Nullable;

/**
 * What people have said about that which a camera sees; what is null nobody has said.
 *
 * @param place  where it hangs and what it shows, in words: {@code front door, from above}
 * @param kind   what it overlooks
 * @param normal what is normal here, in the owner's words
 */
public record CameraScene(@Nullable String place, @Nullable SceneKind kind, @Nullable String normal) {
  /** What holds for a camera of which nobody has said anything. */
  public static final CameraScene UNKNOWN = new CameraScene(null, null, null);

  /** The most characters of {@link #place()}. */
  public static final int LONGEST_PLACE = 200;

  /** The most characters of {@link #normal()}: it is part of every prompt. */
  public static final int LONGEST_NORMAL = 2_000;

  public CameraScene {
    requireAtMost("place", place, LONGEST_PLACE);
    requireAtMost("what is normal", normal, LONGEST_NORMAL);
  }

  private static void requireAtMost(String what, @Nullable String text, int most) {
    if (text != null && text.length() > most) {
      throw new IllegalArgumentException(what + " has at most " + most + " characters, not " + text.length());
    }
  }
}
