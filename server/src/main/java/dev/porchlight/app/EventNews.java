package dev.porchlight.app;

import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.risk.AnalystNews;

/** Tells the clients of {@code /ws/events} what the analyst has stored. */
record EventNews(EventBroadcaster events) implements AnalystNews {
  @Override
  public void added(NewEvent event) {
    events.broadcastNewEvent(event);
  }

  @Override
  public void updated(EventUpdate update) {
    events.broadcastEventUpdated(update);
  }
}
