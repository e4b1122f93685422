package dev.porchlight.api;

import java.time.Instant;
import java.util.Optional;

/** The FTP server as REST needs it. Thread-safe; methods may block, and throw what the store throws. */
public interface FtpAccess {
  /** True when cameras can upload by FTP. */
  boolean isOn();

  /** Makes the account of a known camera, or gives it another password, which is returned and told to nobody else. */
  String create(String cameraId);

  /** When the password of a camera was made; empty when it has no account. */
  Optional<Instant> createdAt(String cameraId);

  /** Removes the account of a camera and ends its sessions; false when there was none. */
  boolean remove(String cameraId);

  /** What cameras connect to. */
  String host();

  /** The port that they connect to. */
  int port();

  /** Whether they can, or must, use TLS: {@code off}, {@code explicit}, {@code implicit}, {@code required}. */
  String tls();
}
