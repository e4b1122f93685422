package dev.porchlight.live;

import dev.porchlight.engine.Filter;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Selection;
import dev.porchlight.store.JournalFilter;
import java.util.Set;

/**
 * Which messages a client wants, and by which of its two texts it hears of an event that has changed. Its methods say what
 * {@link JournalFilter} says to the store.
 *
 * @param types   of these types, as the client would get them; empty for all
 * @param cameras of these cameras; empty for all. What is of no camera is then not wanted
 * @param minRisk events with at least this risk; other messages have none, and pass
 */
record FeedFilter(Set<String> types, Set<String> cameras, int minRisk) {
  FeedFilter {
    types = Set.copyOf(types);
    cameras = Set.copyOf(cameras);
  }

  /** True when it lets everything through that there is for the client's dialect. */
  boolean isOpen() {
    return types.isEmpty() && cameras.isEmpty() && minRisk == 0;
  }

  /** The filter of a client that is spoken to like this. */
  Filter in(Dialect dialect) {
    return dialect == Dialect.PLAIN ? this::plain : this::numbered;
  }

  /** As the store applies it for {@link #numbered}. */
  JournalFilter ofJournal() {
    return new JournalFilter(types, cameras, minRisk);
  }

  /** A plain client hears of an event anew when it has not heard of it, or when its level rose; of other changes never. */
  Selection plain(Label label) {
    Label.Change change = label.change();
    boolean isNew = change == null || (!change.isLate() && (change.told() < minRisk || change.rose()));
    return isNew && isRisky(label.level()) && wants(label.type(), label) ? Selection.TEXT : Selection.NOTHING;
  }

  /** A client with numbers hears of all changes, falls too, of what it has heard of; of the rest as of something new. */
  Selection numbered(Label label) {
    Label.Change change = label.change();
    if (change == null || (change.told() < minRisk && isRisky(label.level()) && !change.isLate())) {
      return isRisky(label.level()) && wants(label.type(), label) ? Selection.TEXT : Selection.NOTHING;
    }
    return isRisky(Math.max(change.told(), label.level())) && wants(change.type(), label)
        ? Selection.UPDATE
        : Selection.NOTHING;
  }

  private boolean isRisky(int risk) {
    return risk < 0 || risk >= minRisk;
  }

  private boolean wants(String type, Label label) {
    String camera = label.source();
    return (types.isEmpty() || types.contains(type))
        && (cameras.isEmpty() || (camera != null && cameras.contains(camera)));
  }
}
