package dev.porchlight.live;

import dev.porchlight.engine.Label;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which messages a client wants.
 *
 * @param types   of these types; empty for all
 * @param cameras of these cameras; empty for all. What is of no camera is then not wanted
 * @param minRisk events with at least this risk; other messages have none, and pass
 */
record FeedFilter(Set<String> types, Set<String> cameras, int minRisk) implements Predicate<Label> {
  FeedFilter {
    types = Set.copyOf(types);
    cameras = Set.copyOf(cameras);
  }

  /** True when it lets everything through. */
  boolean isOpen() {
    return types.isEmpty() && cameras.isEmpty() && minRisk == 0;
  }

  @Override
  public boolean test(Label label) {
    String camera = label.source();
    return (types.isEmpty() || types.contains(label.type()))
        && (cameras.isEmpty() || (camera != null && cameras.contains(camera)))
        && (label.level() < 0 || label.level() >= minRisk);
  }
}
