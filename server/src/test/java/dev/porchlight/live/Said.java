package dev.porchlight.live;

import dev.porchlight.live.ResumeStep.Broadcast;
import dev.porchlight.live.ResumeStep.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A message that was broadcast, and what its clients are to get of it, in the words of the contract.
 *
 * @param told −1 for what changes no event
 */
record Said(Broadcast message, int told, boolean rose, boolean isLate) {
  /**
   * An update as if something had been told before, of every kind in turn. Without a journal it is not known what was
   * told, and the change raises nothing.
   */
  static Said of(Broadcast message, long id, boolean hasJournal) {
    return switch (message.type()) {
      case NEW_EVENT, DETECTION -> new Said(message, -1, false, false);
      case EVENT_UPDATED -> {
        int told = hasJournal ? Math.toIntExact(id * 37 % 101) : message.risk();
        yield new Said(message, told, hasJournal && message.risk() > told && id % 3 != 0, hasJournal && id % 5 == 0);
      }
    };
  }

  /** The type by which a client hears of it; null when it does not. */
  @Nullable
  String typeFor(boolean isNumbered, Filter filter) {
    String type = switch (message.type()) {
      case DETECTION -> "detection";
      case NEW_EVENT, EVENT_UPDATED -> eventTypeFor(isNumbered, filter.minRisk(), message.risk());
    };
    return type != null && filter.lets(type, message.camera()) ? type : null;
  }

  private @Nullable String eventTypeFor(boolean isNumbered, int m, int score) {
    if (!isNumbered) {
      return score >= m && (told < m || rose) && !isLate ? "new_event" : null;
    }
    if (told < m && m <= score && !isLate) {
      return "new_event";
    }
    return Math.max(told, score) >= m ? "event_updated" : null;
  }
}
