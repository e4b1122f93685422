package dev.porchlight.store;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import java.nio.charset.StandardCharsets;

/** Makes messages that say what they are of, and no more. */
public final class NamingEncoder implements MessageEncoder {
  @Override
  public byte[] newEvent(NewEvent event) {
    return bytes("event " + event.id() + ": " + event.summary());
  }

  @Override
  public byte[] eventUpdated(EventUpdate update) {
    return bytes(
        "event " + update.event().id() + " again: " + update.event().summary() + ", " + update.reviewed() + ", "
            + update.verdict());
  }

  @Override
  public byte[] detection(Detection detection) {
    return bytes("detection " + detection.id() + ": " + detection.objectType());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
