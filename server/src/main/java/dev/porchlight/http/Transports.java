package dev.porchlight.http;

import io.vertx.core.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses how sockets are served: io_uring where the kernel allows it, else epoll, else NIO. */
final class Transports {
  /** The name for the best one. */
  static final String AUTO = "auto";

  private static final List<String> NAMES = List.of(AUTO, "io_uring", "epoll", "nio");

  private Transports() {}

  /** What is wrong with a name, in words; empty when nothing is. */
  static Optional<String> mistake(String name) {
    if (!NAMES.contains(name)) {
      return Optional.of("there is no \"" + name + "\"; there are " + String.join(", ", NAMES));
    }
    return name.equals(AUTO) || available().anyMatch(transport -> transport.name().equals(name))
        ? Optional.empty()
        : Optional.of(name + " does not work on this machine; say auto for the best that does");
  }

  /** The transport of a name that has no {@link #mistake}. */
  static Transport of(String name) {
    return available().filter(transport -> name.equals(AUTO) || transport.name().equals(name))
        .findFirst()
        .orElse(Transport.NIO);
  }

  private static Stream<Transport> available() {
    // A constant is null where its classes are not there for the platform.
    return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.NIO)
        .filter(Objects::nonNull)
        .filter(Transport::available);
  }
}
