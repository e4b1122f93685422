package dev.porchlight.http;

import io.vertx.core.transport.Transport;
import java.util.Objects;
import java.util.stream.Stream;

/** Chooses how sockets are served: io_uring where the kernel allows it, else epoll, else NIO. */
final class Transports {
  private Transports() {}

  static Transport best() {
    // A constant is null where its classes are not there for the platform.
    return Stream.of(Transport.IO_URING, Transport.EPOLL)
        .filter(Objects::nonNull)
        .filter(Transport::available)
        .findFirst()
        .orElse(Transport.NIO);
  }
}
