package dev.porchlight.domain;

/** A rectangle in pixels of the source picture as displayed (EXIF orientation applied), origin top left. */
public record Box(int x, int y, int width, int height) {
  public Box {
    if (x < 0 || y < 0 || width < 0 || height < 0) {
      throw new IllegalArgumentException("a box has no negative side: " + x + "," + y + " " + width + "x" + height);
    }
  }
}
