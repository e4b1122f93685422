package dev.porchlight.engine;

/**
 * Why a connection ends, as WebSocket close codes. Codes from 1000 are those of RFC 6455, section 7.4.1, and of the IANA
 * registry behind it; codes from 4000 are Porchlight's own.
 */
public enum CloseReason {
  /** The client closed. */
  NORMAL(1000, true, "bye"),
  /** The server is stopping. */
  GOING_AWAY(1001, true, "the server is stopping"),
  /** The client broke the protocol. */
  PROTOCOL_ERROR(1002, false, "protocol error"),
  /** The client sent text that is not UTF-8. */
  INVALID_TEXT(1007, false, "invalid UTF-8"),
  /** The client sent a message over the limit. */
  TOO_BIG(1009, false, "message too big"),
  /** The client cannot be served now: what it missed cannot be read, or a task of its connection failed. */
  OVERLOADED(1013, true, "try again later"),
  /** No sign of life after a ping. */
  DEAD(4000, true, "no sign of life"),
  /** The client fell behind the retained history. */
  TOO_SLOW(4008, true, "too slow");

  private final int code;
  private final boolean reconnect;
  private final String text;

  CloseReason(int code, boolean reconnect, String text) {
    this.code = code;
    this.reconnect = reconnect;
    this.text = text;
  }

  /** The close code on the wire. */
  public int code() {
    return code;
  }

  /** True when a client does well to connect again as it is. */
  public boolean shouldReconnect() {
    return reconnect;
  }

  /** A few words for the close frame; at most 123 bytes of ASCII. */
  public String text() {
    return text;
  }
}
