package dev.porchlight.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where the server may listen: on loopback, where nobody has to prove who they are; with FTP's accounts anywhere. */
final class BindAddress {
  private BindAddress() {}

  /**
   * The address behind a host.
   *
   * @throws StartException when there is none, or it is not loopback
   */
  static InetAddress of(String host) {
    InetAddress address = resolve("http.host", host);
    if (!address.isLoopbackAddress()) {
      throw new StartException("http.host: refusing to listen on " + host + ": everybody who reaches it could see the "
          + "cameras, since there is no authentication yet. Use 127.0.0.1, and an SSH tunnel from elsewhere.");
    }
    return address;
  }

  /**
   * The address behind {@code ftp.host}: loopback, like the web server's, unless somebody has chosen another.
   *
   * @throws StartException when there is none
   */
  static InetAddress ofFtp(String host) {
    return resolve("ftp.host", host);
  }

  private static InetAddress resolve(String key, String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartException(key + ": there is no host \"" + host + "\"", e);
    }
  }
}
