package dev.porchlight.detection;

import dev.porchlight.domain.Box;

/** Which part of a picture shows an object well: with some of what is around it, in the shape of a photo if that fits. */
final class Crop {
  /** Of the object's own size, on each side. */
  private static final double MARGIN = 0.2;
  private static final double SHAPE = 4.0 / 3;

  private Crop() {}

  /**
   * The part around {@code box}, inside the picture, 4:3 as far as the picture has room.
   *
   * @param box   in pixels of the picture as displayed; what lies outside the picture is left aside
   * @param least a part narrower than this would be enlarged beyond what it holds
   */
  static Box around(Box box, int width, int height, int least) {
    double wide = Math.max(box.width() * (1 + 2 * MARGIN), least);
    double tall = Math.max(box.height() * (1 + 2 * MARGIN), least / SHAPE);
    wide = Math.max(wide, tall * SHAPE);
    tall = Math.max(tall, wide / SHAPE);
    int across = Math.clamp(Math.round(wide), 1, width);
    int down = Math.clamp(Math.round(tall), 1, height);
    return new Box(start(box.x(), box.width(), across, width), start(box.y(), box.height(), down, height), across,
        down);
  }

  private static int start(int from, int span, int part, int whole) {
    long centre = from + span / 2L;
    return (int) Math.clamp(centre - part / 2, 0L, (long) whole - part);
  }
}
