package dev.porchlight.app;

import dev.porchlight.api.FtpAccess;
import dev.porchlight.domain.FtpAccount;
import dev.porchlight.ftp.FtpDoor;
import java.time.Instant;
import java.util.Optional;

/** The FTP door, as REST needs it. */
record FtpDoorAccess(FtpDoor door) implements FtpAccess {
  @Override
  public boolean isOn() {
    return door.isOn();
  }

  @Override
  public String create(String cameraId) {
    return door.accounts().create(cameraId);
  }

  @Override
  public Optional<Instant> createdAt(String cameraId) {
    return door.accounts().find(cameraId).map(FtpAccount::createdAt);
  }

  @Override
  public boolean remove(String cameraId) {
    return door.accounts().remove(cameraId);
  }

  @Override
  public String host() {
    return door.host();
  }

  @Override
  public int port() {
    return door.port();
  }

  @Override
  public String tls() {
    return door.tls();
  }
}
