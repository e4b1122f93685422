package dev.porchlight.risk;

import org.jspecify.annotations.Nullable;

/**
 * What a language model said, or what is wrong with it.
 */
sealed interface Answer {
  /**
   * It can be believed.
   *
   * @param score        0 to 100
   * @param claimedLevel the level that it named by itself, which is not believed; null when it named none
   */
  record Usable(int score, String summary, String reasoning, @Nullable String claimedLevel) implements Answer {}

  /** It cannot; {@code why} is put so that the model can do better. */
  record Unusable(String why) implements Answer {}
}
