package dev.porchlight.http;

/** Hears what the clients of an endpoint send. */
@FunctionalInterface
public interface Receiver {
  /**
   * Takes one whole message. Runs on the event loop of the connection, messages of one connection in their order: it must
   * not block.
   *
   * @param reply   answers this client; it may be kept for as long as the connection lives
   * @param isText  whether {@code payload} is text, which then is UTF-8
   * @param payload without masks, fragments and compression; the receiver's own from here on
   */
  void received(Reply reply, boolean isText, byte[] payload);
}
