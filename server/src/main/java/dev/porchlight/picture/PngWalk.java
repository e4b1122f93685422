package dev.porchlight.picture;

import java.io.EOFException;
import java.io.IOException;

/** Walks a PNG from chunk to chunk (ISO/IEC 15948) until the end of its IEND chunk. Confined to one thread. */
final class PngWalk {
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int CHECKSUM_BYTES = 4;
  private static final int MAX_EXIF_BYTES = 64 * 1024;

  private final ByteReader in;
  private int width;
  private int height;
  private int orientation = 1;
  private boolean hasData;

  PngWalk(ByteReader in) {
    this.in = in;
  }

  /** Walks on from behind the signature. */
  PictureInfo walk() throws IOException {
    try {
      header();
    } catch (EOFException _) {
      throw broken("it ends before its size is told");
    }
    boolean complete = chunksToEnd();
    return new PictureInfo(PictureInfo.Kind.PNG, width, height, orientation, complete);
  }

  private void header() throws IOException {
    if (in.u32() != 13 || in.u32() != IHDR) {
      throw broken("it does not begin with its header");
    }
    long across = in.u32();
    long down = in.u32();
    int depth = in.u8();
    int colour = in.u8();
    int compressionAndFilter = in.u16();
    int interlace = in.u8();
    in.skip(CHECKSUM_BYTES);
    if (across == 0 || down == 0 || across > Integer.MAX_VALUE || down > Integer.MAX_VALUE) {
      throw broken("it says it is " + across + "x" + down + " pixels");
    }
    if (compressionAndFilter != 0 || interlace > 1 || !isColour(colour, depth)) {
      throw broken("its header names an unknown coding");
    }
    width = (int) across;
    height = (int) down;
  }

  /** The combinations of table 11.1. */
  private static boolean isColour(int type, int depth) {
    return switch (type) {
      case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
      case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
      case 2, 4, 6 -> depth == 8 || depth == 16;
      default -> false;
    };
  }

  private boolean chunksToEnd() throws IOException {
    try {
      while (true) {
        long length = in.u32();
        int type = (int) in.u32();
        if (length == 0 && type == 0) {
          // Zeros where a chunk belongs: room made for a file that is still being written.
          return false;
        }
        if (length > Integer.MAX_VALUE || !isChunkType(type)) {
          throw broken("it has something that is no chunk");
        }
        chunk(type, length);
        in.skip(CHECKSUM_BYTES);
        if (type == IEND) {
          return true;
        }
      }
    } catch (EOFException _) {
      return false;
    }
  }

  private void chunk(int type, long length) throws IOException {
    if (type == EXIF && length <= MAX_EXIF_BYTES) {
      orientation = ExifOrientation.of(in.bytes((int) length), new byte[0]);
      return;
    }
    if (type == IHDR || (type == IEND && (length != 0 || !hasData))) {
      throw broken(type == IHDR ? "it has two headers" : "it has no picture data");
    }
    hasData |= type == IDAT;
    in.skip(length);
  }

  private static boolean isChunkType(int type) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      if (!isLetter(type >>> shift & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(int code) {
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
  }

  private static NotAPictureException broken(String what) {
    return new NotAPictureException(what, true);
  }
}
