package dev.porchlight.http;

/** Sends to many sockets, none of which waits: all are done when {@link #send} returns. Confined to one thread. */
interface Sends extends AutoCloseable {
  /** What a send gives when its socket was full, or it was not tried: {@code -EAGAIN}. */
  int NOT_SENT = -11;

  /**
   * Writes down one send.
   *
   * @param index   0 for the first, 1 for the second, and so on
   * @param socket  a file descriptor
   * @param address of the bytes
   */
  void put(int index, int socket, long address, int length);

  /**
   * Sends what was put.
   *
   * @param count   how many were put
   * @param results for each how many bytes its socket took; negative when it took none
   */
  void send(int count, int[] results);

  /** True once the kernel has refused to take what it was given: nothing more is sent by this. */
  boolean isBroken();

  @Override
  void close();
}
