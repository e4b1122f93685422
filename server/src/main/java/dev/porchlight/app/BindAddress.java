package dev.porchlight.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the server may listen: on loopback, as long as nobody has to prove who they are. */
final class BindAddress {
  private BindAddress() {}

  /**
   * The address behind a host.
   *
   * @throws StartException when there is none, or it is not loopback
   */
  static InetAddress of(String host) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartException("http.host: there is no host \"" + host + "\"", e);
    }
    if (!address.isLoopbackAddress()) {
      throw new StartException("http.host: refusing to listen on " + host + ": everybody who reaches it could see the "
          + "cameras, since there is no authentication yet. Use 127.0.0.1, and an SSH tunnel from elsewhere.");
    }
    return address;
  }
}
