package dev.porchlight.picture;

/**
 * What a picture's bytes say of it, without decoding it.
 *
 * @param kind        JPEG or PNG, by its first bytes
 * @param width       stored pixels across, before the orientation is applied
 * @param height      stored pixels down, before the orientation is applied
 * @param orientation EXIF orientation, 1 to 8; 1 when none is given
 * @param complete    the end of the picture was seen; bytes after it do not matter
 */
public record PictureInfo(Kind kind, int width, int height, int orientation, boolean complete) {
  /** The formats that are taken. */
  public enum Kind {
    JPEG, PNG
  }

  /** Pixels in all. */
  public long pixels() {
    return (long) width * height;
  }

  /** True when the orientation swaps width and height. */
  public boolean isTurned() {
    return orientation >= 5;
  }
}
