package dev.porchlight.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a message is about, for those who follow a part of a channel only.
 *
 * @param type   the type of the message's text
 * @param source where it comes from; null when it comes from nowhere in particular
 * @param level  how grave it is; negative when that cannot be said of it
 * @param change what it changes; null for a message about something that no earlier message was about
 */
public record Label(String type, @Nullable String source, int level, @Nullable Change change) {
  /** A label that says no more than the type. */
  public static Label of(String type) {
    return new Label(type, null, -1, null);
  }

  /** True when a follower without numbers and without a filter gets the message. */
  boolean isPlain() {
    return change == null || (change.rose() && !change.isLate());
  }

  /** True when a filter may let only this message through, and none of the earlier ones about the same thing. */
  boolean isNewToSome() {
    return change != null && change.told() < level && !change.isLate();
  }

  /**
   * A message about something that earlier messages were about. It has two texts, see {@link Message#changed}.
   *
   * @param type   of the update
   * @param told   the highest level of the earlier messages
   * @param rose   true when the level is so much higher than {@code told} that everybody is to hear of it
   * @param isLate true when nobody is to get the text any more, but the update only
   */
  public record Change(String type, int told, boolean rose, boolean isLate) {}
}
