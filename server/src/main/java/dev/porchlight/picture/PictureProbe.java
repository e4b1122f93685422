package dev.porchlight.picture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads through a picture's structure once, without decoding it and with one small buffer of memory. Stateless. */
public final class PictureProbe {
  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;

  private PictureProbe() {}

  /**
   * Reads {@code in} to its end, or to the end of the picture.
   *
   * @return what was seen; {@link PictureInfo#complete()} is false when the bytes end before the picture does
   * @throws NotAPictureException when the bytes are no JPEG or PNG, their structure is broken, or they end before their
   *                              size is told
   */
  public static PictureInfo probe(InputStream in) throws IOException {
    var reader = new ByteReader(in);
    return switch (kind(reader)) {
      case JPEG -> new JpegWalk(reader).walk();
      case PNG -> new PngWalk(reader).walk();
    };
  }

  /**
   * Reads a file once, from its first byte to its last: also what follows the picture's end is hashed and counted.
   *
   * @param maxBytes reading stops beyond this
   * @throws PictureTooLargeException when the file has more than {@code maxBytes}
   * @throws NotAPictureException     see {@link #probe(InputStream)}
   */
  public static Probed probe(Path file, long maxBytes) throws IOException {
    try (var stream = new MeasuringStream(Files.newInputStream(file), maxBytes)) {
      PictureInfo info = probe(stream);
      stream.readToEnd();
      return new Probed(info, stream.sha256(), stream.count());
    }
  }

  private static PictureInfo.Kind kind(ByteReader in) throws IOException {
    int read = 0;
    try {
      int first = in.u8();
      read = 1;
      if (first == 0xFF && in.u8() == 0xD8) {
        return PictureInfo.Kind.JPEG;
      }
      long signature = first;
      while (read < Long.BYTES && signature == PNG_SIGNATURE >>> (Long.SIZE - Byte.SIZE * read)) {
        signature = signature << 8 | in.u8();
        read++;
      }
      if (signature == PNG_SIGNATURE) {
        return PictureInfo.Kind.PNG;
      }
    } catch (EOFException _) {
      throw new NotAPictureException(read == 0 ? "it is empty" : "it ends before its size is told", read > 1);
    }
    throw new NotAPictureException("it is neither a JPEG nor a PNG", false);
  }
}
