package dev.porchlight.live;

import dev.porchlight.engine.Message;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of what a channel has said.
 *
 * @param messages ascending; those that a filter does not let through may be left out
 * @param to       the number up to which there are no others
 */
record Passage(List<Numbered> messages, long to) {
  Passage {
    messages = List.copyOf(messages);
  }

  /** All the messages that follow number {@code after}. */
  static Passage following(long after, List<Message> messages) {
    return new Passage(
        IntStream.range(0, messages.size()).mapToObj(i -> new Numbered(after + 1 + i, messages.get(i))).toList(),
        after + messages.size());
  }

  /** A message and its number. */
  record Numbered(long seq, Message message) {}
}
