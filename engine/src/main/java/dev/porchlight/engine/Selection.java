package dev.porchlight.engine;

/** What a follower gets of a message. */
public enum Selection {
  /** It is not told. */
  NOTHING,
  /** The text, which needs no knowledge of earlier messages. */
  TEXT,
  /** The update, for a follower with numbers that knows the thing already; the text when the message has no update. */
  UPDATE
}
