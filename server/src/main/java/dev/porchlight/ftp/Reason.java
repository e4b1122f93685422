package dev.porchlight.ftp;

import java.util.Locale;

/** Why something that a camera did is not taken. */
enum Reason {
  /** A name that tries to leave the camera's folder, or that no file may have. */
  BAD_NAME,
  /** Neither a picture nor a clip, by its name. */
  WRONG_KIND,
  /** Named like a picture, and none. */
  NOT_A_PICTURE,
  /** The picture ends before it is complete. */
  INCOMPLETE,
  /** More bytes than a file may have. */
  TOO_LARGE,
  /** Too much of this camera is under way. */
  TOO_MUCH_UNFINISHED,
  /** Its camera is disabled. */
  DISABLED,
  /** No room on the disk. */
  DISK_FULL,
  /** The disk does not work. */
  DISK_FAILED,
  /** The transfer was aborted, broke off or stalled. */
  ABORTED,
  /** A password that is wrong, or too many of them. */
  LOGIN,
  /** Without TLS where it is required. */
  NO_TLS,
  /** More sessions than allowed. */
  TOO_MANY_SESSIONS,
  /** Something that FTP can do and this server does not do. */
  NOT_OFFERED,
  /** No command of FTP. */
  NOT_FTP;

  /** The reason as metrics spell it. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
