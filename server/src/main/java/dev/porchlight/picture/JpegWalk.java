package dev.porchlight.picture;

import java.io.EOFException;
import java.io.IOException;

/**
 * Walks a JPEG from marker to marker (ITU-T T.81, annex B) until its end-of-image marker. Segments are stepped over by
 * their length, so that a thumbnail inside one does not count. Confined to one thread.
 */
final class JpegWalk {
  private static final int START_OF_IMAGE = 0xD8;
  private static final int PROGRESSIVE_FRAME = 0xC2;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int TEMPORARY = 0x01;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  /**
   * A progressive JPEG has about ten scans, and a decoder goes over all pixels for each: a small file of a hundred thousand
   * empty scans would keep it busy for hours.
   */
  private static final int MAX_SCANS = 100;
  /** Of all scans together: twenty of the largest picture that is taken, which are some seconds of work. */
  private static final long MAX_SCANNED_PIXELS = 1_000_000_000;

  private final ByteReader in;
  private int width;
  private int height;
  private int orientation;
  private int scans;
  private boolean progressive;
  private boolean isUsual;

  JpegWalk(ByteReader in) {
    this.in = in;
  }

  /** Walks on from behind the start-of-image marker. */
  PictureInfo walk() throws IOException {
    boolean complete = walkToEnd();
    if (width == 0) {
      throw broken(complete ? "it has no frame header" : "it ends before its size is told");
    }
    if (complete && scans == 0) {
      throw broken("it has no scan");
    }
    return new PictureInfo(PictureInfo.Kind.JPEG, width, height, Math.max(orientation, 1), complete, progressive,
        isUsual);
  }

  private boolean walkToEnd() throws IOException {
    try {
      for (int marker = nextMarker(); marker != END_OF_IMAGE; marker = nextMarker()) {
        if (marker == START_OF_IMAGE) {
          throw broken("it starts a second time");
        }
        if (marker != TEMPORARY) {
          segment(marker);
        }
      }
      return true;
    } catch (EOFException _) {
      return false;
    }
  }

  /**
   * Reads on to the next marker, over fill bytes, coded data with its stuffed zeros, restart markers, and such stray bytes
   * between segments as decoders step over too.
   */
  private int nextMarker() throws IOException {
    while (true) {
      in.skipPast((byte) 0xFF);
      int value = in.u8();
      while (value == 0xFF) {
        value = in.u8();
      }
      boolean isRestart = value >= 0xD0 && value <= 0xD7;
      if (value != 0 && !isRestart) {
        return value;
      }
    }
  }

  private void segment(int marker) throws IOException {
    int length = in.u16() - 2;
    if (length < 0) {
      throw broken("it has a segment of impossible length");
    }
    if (marker == START_OF_SCAN) {
      scan();
      in.skip(length);
    } else if (isFrameHeader(marker)) {
      frameHeader(marker, length);
      progressive = marker == PROGRESSIVE_FRAME;
    } else if (marker == APP1 && orientation == 0) {
      orientation = ExifOrientation.of(in.bytes(length), EXIF);
    } else {
      in.skip(length);
    }
  }

  private void scan() throws NotAPictureException {
    if (width == 0) {
      throw broken("it has a scan before its frame header");
    }
    if (++scans > MAX_SCANS) {
      throw broken("it has more than " + MAX_SCANS + " scans");
    }
    if ((long) width * height * scans > MAX_SCANNED_PIXELS && scans > 1) {
      throw broken("it has too many scans for its size");
    }
  }

  private static boolean isFrameHeader(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void frameHeader(int marker, int length) throws IOException {
    if (width != 0) {
      throw broken("it has two frame headers");
    }
    if (length < 9) {
      throw broken("its frame header is too short");
    }
    int bits = in.u8();
    int down = in.u16();
    int across = in.u16();
    int components = in.u8();
    if (components == 0 || length != 6 + 3 * components) {
      throw broken("its frame header has a wrong length");
    }
    in.skip(length - 6L);
    // A height of 0 would be told after the first scan (DNL); no decoder of ours takes that.
    if (across == 0 || down == 0) {
      throw broken("it says it is " + across + "x" + down + " pixels");
    }
    width = across;
    height = down;
    isUsual = marker <= PROGRESSIVE_FRAME && bits == Byte.SIZE && (components == 1 || components == 3);
  }

  private static NotAPictureException broken(String what) {
    return new NotAPictureException(what, true);
  }
}
