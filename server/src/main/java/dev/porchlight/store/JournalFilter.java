package dev.porchlight.store;

import java.util.Set;

/**
 * Which messages of the {@link Journal} a client with numbers is told of.
 *
 * @param types   of these types; empty for all. An event has the type that the client gets: {@code new_event} when
 *                {@code minRisk} let none of its earlier messages through but lets this one, unless that is too late, else
 *                {@code event_updated}
 * @param cameras of these cameras; empty for all
 * @param minRisk events that have at least this score, or had it in an earlier message
 */
public record JournalFilter(Set<String> types, Set<String> cameras, int minRisk) {
  /** Lets everything through. */
  public static final JournalFilter ALL = new JournalFilter(Set.of(), Set.of(), 0);

  public JournalFilter {
    types = Set.copyOf(types);
    cameras = Set.copyOf(cameras);
  }
}
