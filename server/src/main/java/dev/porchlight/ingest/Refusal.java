package dev.porchlight.ingest;

import java.util.Locale;

/** Why something in a folder, or something handed in, is not taken. */
enum Refusal {
  /** Neither JPEG nor PNG. */
  NOT_A_PICTURE,
  /** It ends too early or its structure is broken. */
  DAMAGED,
  /** More bytes than allowed. */
  TOO_LARGE,
  /** More pixels than allowed. */
  TOO_MANY_PIXELS,
  /** The file system does not give it out. */
  UNREADABLE,
  /** It was gone before it was read. */
  VANISHED,
  /** It lies in no camera's folder, or in a folder whose name is no camera id. */
  NO_CAMERA,
  /** A symbolic link that is not followed. */
  LINK,
  /** Its name has bytes that cannot be written down. */
  BAD_NAME;

  /** The reason as metrics spell it. */
  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
