package dev.porchlight.domain;

import java.time.Instant;

/**
 * A camera's right to upload by FTP.
 *
 * @param cameraId     is also the user name
 * @param passwordHash with its method and salt in it
 * @param createdAt    when this password was made
 */
public record FtpAccount(String cameraId, String passwordHash, Instant createdAt) {
  public FtpAccount {
    CameraId.requireValid(cameraId);
  }

  /** Without the hash, which is for no log. */
  @Override
  public String toString() {
    return "FtpAccount[" + cameraId + "]";
  }
}
