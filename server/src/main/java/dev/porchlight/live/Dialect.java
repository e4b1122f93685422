package dev.porchlight.live;

import dev.porchlight.engine.Encoding;

/** How a client is spoken to. */
public enum Dialect {
  /** WebSocket; the messages and nothing else. */
  PLAIN,
  /** WebSocket, {@code porchlight.v1}: numbers, resume, heartbeats. */
  V1,
  /** Server-sent events; otherwise as {@link #V1}. */
  EVENT_STREAM;

  Encoding encoding(boolean deflate) {
    return switch (this) {
      case PLAIN -> deflate ? Encoding.DEFLATED : Encoding.PLAIN;
      case V1 -> deflate ? Encoding.SEQUENCED_DEFLATED : Encoding.SEQUENCED;
      case EVENT_STREAM -> Encoding.EVENT_STREAM;
    };
  }
}
