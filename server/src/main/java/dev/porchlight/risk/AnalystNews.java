package dev.porchlight.risk;

import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;

/** Hears of what the analyst has stored. */
public interface AnalystNews {
  /** A batch has its event. */
  void added(NewEvent event);

  /** An event has another verdict. */
  void updated(EventUpdate update);
}
