package dev.porchlight.picture;

import java.io.IOException;
import java.io.InputStream;

/** Reads through a picture's structure once, without decoding it. Stateless. */
public final class PictureProbe {
  private PictureProbe() {}

  /**
   * Reads {@code in} to its end, or to the end of the picture.
   *
   * @return what was seen; {@link PictureInfo#complete()} is false when the bytes end before the picture does
   * @throws NotAPictureException when the bytes are no JPEG or PNG, or end before their size is told
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static PictureInfo probe(InputStream in) throws IOException {
    throw new NotAPictureException("not a JPEG or PNG", false);
  }
}
