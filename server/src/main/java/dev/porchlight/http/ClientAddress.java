package dev.porchlight.http;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;

/** Where a client comes from. */
final class ClientAddress {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private ClientAddress() {}

  /** The address alone; the same object for all that come from this machine, who may be many. */
  static InetAddress of(SocketAddress remote) {
    InetAddress address = InetAddress.ofLiteral(remote.hostAddress());
    return address.equals(LOOPBACK) ? LOOPBACK : address;
  }
}
