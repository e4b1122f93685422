package dev.porchlight.picture;

/**
 * What a picture's bytes say of it, without decoding it.
 *
 * @param kind        JPEG or PNG, by its first bytes
 * @param width       stored pixels across, before the orientation is applied
 * @param height      stored pixels down, before the orientation is applied
 * @param orientation EXIF orientation, 1 to 8; 1 when none is given
 * @param complete    the end of the picture was seen; bytes after it do not matter
 * @param progressive a JPEG of several scans over the whole picture: a decoder keeps all of it in memory at full size
 * @param isUsual     a JPEG as cameras make them: 8 bits, grey or three colours, Huffman codes, baseline or progressive
 */
public record PictureInfo(Kind kind, int width, int height, int orientation, boolean complete,
    boolean progressive, boolean isUsual) {
  /** What a JPEG can have. Decoders hold whole rows, so that a PNG of one very long row would take gigabytes. */
  public static final int LONGEST_SIDE = 65_535;

  /** What is said of a picture that is not progressive. */
  public PictureInfo(Kind kind, int width, int height, int orientation, boolean complete) {
    this(kind, width, height, orientation, complete, false, false);
  }

  /** The formats that are taken. */
  public enum Kind {
    JPEG, PNG
  }

  /** Pixels in all. */
  public long pixels() {
    return (long) width * height;
  }

  /** True when a side is longer than {@link #LONGEST_SIDE}. */
  public boolean isTooLong() {
    return Math.max(width, height) > LONGEST_SIDE;
  }

  /** True when the orientation swaps width and height. */
  public boolean isTurned() {
    return orientation >= 5;
  }
}
