package dev.porchlight.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds the orientation in an EXIF block (TIFF 6.0, tag 274 of the first directory). Stateless. */
final class ExifOrientation {
  private static final int UPRIGHT = 1;
  private static final int TAG_ORIENTATION = 274;
  private static final int TYPE_SHORT = 3;
  private static final int ENTRY_BYTES = 12;

  private ExifOrientation() {}

  /**
   * The orientation that {@code block} gives.
   *
   * @param prefix what stands before the TIFF header
   * @return 1 to 8; 1 when the block says nothing of it or is malformed; 0 when it does not begin with {@code prefix}
   */
  static int of(byte[] block, byte[] prefix) {
    if (block.length < prefix.length || !Arrays.equals(block, 0, prefix.length, prefix, 0, prefix.length)) {
      return 0;
    }
    return ofTiff(ByteBuffer.wrap(block, prefix.length, block.length - prefix.length).slice());
  }

  private static int ofTiff(ByteBuffer tiff) {
    if (tiff.limit() < 8) {
      return UPRIGHT;
    }
    short order = tiff.getShort(0);
    if (order == 0x4949) {
      tiff.order(ByteOrder.LITTLE_ENDIAN);
    } else if (order != 0x4D4D) {
      return UPRIGHT;
    }
    int directory = tiff.getInt(4);
    if (tiff.getShort(2) != 42 || directory < 8 || directory > tiff.limit() - 2) {
      return UPRIGHT;
    }
    int entries = tiff.getShort(directory) & 0xFFFF;
    int inside = Math.min(entries, (tiff.limit() - directory - 2) / ENTRY_BYTES);
    for (int i = 0; i < inside; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if (tiff.getShort(entry) == TAG_ORIENTATION) {
        return value(tiff, entry);
      }
    }
    return UPRIGHT;
  }

  private static int value(ByteBuffer tiff, int entry) {
    int value = tiff.getShort(entry + 8);
    boolean isValid = tiff.getShort(entry + 2) == TYPE_SHORT && tiff.getInt(entry + 4) == 1 && value >= 1 && value <= 8;
    return isValid ? value : UPRIGHT;
  }
}
