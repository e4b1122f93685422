package dev.porchlight.domain;

import java.util.Locale;

/** Where a clip is on its way; every state but {@link #READING} is final. */
public enum ClipState {
  /** Its pictures are being taken; a server that stopped in the middle goes on where it was. */
  READING,
  /** All its pictures are in the ledger. */
  DONE,
  /** No video, or one that cannot be decoded. */
  REJECTED,
  /** The file was gone, or had been overwritten, before it was read to its end. */
  VANISHED;

  /** The state as the store spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}. */
  public static ClipState ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
