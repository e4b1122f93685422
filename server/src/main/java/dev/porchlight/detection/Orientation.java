package dev.porchlight.detection;

import dev.porchlight.domain.Box;

/**
 * How stored pixels are turned and mirrored to be displayed (EXIF 2.32, tag 274), in the order of the values 1 to 8.
 *
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  UPSIDE_DOWN_MIRRORED(false, false, true),
  TRANSPOSED(true, false, false),
  TURN_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  TURN_LEFT(true, true, false);

  private final boolean isTurned;
  private final boolean flipsX;
  private final boolean flipsY;

  Orientation(boolean isTurned, boolean flipsX, boolean flipsY) {
    this.isTurned = isTurned;
    this.flipsX = flipsX;
    this.flipsY = flipsY;
  }

  /** The orientation of an EXIF value from 1 to 8. */
  static Orientation ofExif(int value) {
    return values()[value - 1];
  }

  boolean isTurned() {
    return isTurned;
  }

  /** Where the stored pixel (x, y) of {@code width} by {@code height} stored pixels is displayed: column. */
  int displayedX(int x, int y, int width, int height) {
    return isTurned ? flip(y, height, flipsY) : flip(x, width, flipsX);
  }

  /** Where the stored pixel (x, y) of {@code width} by {@code height} stored pixels is displayed: row. */
  int displayedY(int x, int y, int width, int height) {
    return isTurned ? flip(x, width, flipsX) : flip(y, height, flipsY);
  }

  /** The stored pixels that a box covers as displayed, in a picture of {@code width} x {@code height} stored pixels. */
  Box stored(Box box, int width, int height) {
    int across = isTurned ? box.y() : box.x();
    int down = isTurned ? box.x() : box.y();
    int spanAcross = isTurned ? box.height() : box.width();
    int spanDown = isTurned ? box.width() : box.height();
    return new Box(flipsX ? width - across - spanAcross : across, flipsY ? height - down - spanDown : down, spanAcross,
        spanDown);
  }

  private static int flip(int at, int side, boolean flips) {
    return flips ? side - 1 - at : at;
  }
}
