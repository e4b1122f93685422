package dev.porchlight.http;

/** Sends to one client. A client that does not read its replies is not read from either until it does. */
@FunctionalInterface
public interface Reply {
  /**
   * Sends one message; never waits. A message to a client that is gone, or is being closed, is dropped. To be called on
   * the event loop only, which is where {@link Receiver#received} runs.
   *
   * @param isText  whether {@code payload} is text, which then must be UTF-8
   * @param payload not to be changed from here on
   */
  void send(boolean isText, byte[] payload);
}
