package dev.porchlight.engine;

/** Which messages a follower is told of, and by which text. Thread-safe. */
@FunctionalInterface
public interface Filter {
  /**
   * Decides by the label alone, quickly: it is asked for each message and follower. A follower without numbers has no
   * updates: {@link Selection#UPDATE} is then the text.
   */
  Selection select(Label label);
}
