package dev.porchlight.http;

/** One system call for each send: where there is no {@link SendRing}. */
final class SendCalls implements Sends {
  private final int[] sockets;
  private final long[] addresses;
  private final int[] lengths;

  /** For at most {@code capacity} sends at a time. */
  SendCalls(int capacity) {
    this.sockets = new int[capacity];
    this.addresses = new long[capacity];
    this.lengths = new int[capacity];
  }

  @Override
  public void put(int index, int socket, long address, int length) {
    sockets[index] = socket;
    addresses[index] = address;
    lengths[index] = length;
  }

  @Override
  public void send(int count, int[] results) {
    for (int i = 0; i < count; i++) {
      long taken = Libc.send(sockets[i], addresses[i], lengths[i]);
      results[i] = taken < 0 ? NOT_SENT : (int) taken;
    }
  }

  @Override
  public boolean isBroken() {
    return false;
  }

  @Override
  public void close() {}
}
