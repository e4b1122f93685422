package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;

/** Rectangles, and how much of them is the same. */
final class Boxes {
  /** Two of them still add up. */
  private static final int LARGEST = 1 << 30;

  private Boxes() {}

  /** From x, y, width and height, rounded to whole pixels; {@code where} begins the sentence that refuses nonsense. */
  static Box of(double[] values, String where) {
    for (double value : values) {
      if (!(value >= 0 && value <= LARGEST)) {
        throw new LabelException(where + ": a box is made of four numbers from 0 on, and " + value + " is none");
      }
    }
    var box = new Box((int) Math.round(values[0]), (int) Math.round(values[1]), (int) Math.round(values[2]),
        (int) Math.round(values[3]));
    if (box.width() == 0 || box.height() == 0) {
      throw new LabelException(where + ": a box is at least a pixel wide and high");
    }
    return box;
  }

  /** Intersection over union, 0 to 1. */
  static double overlap(Box a, Box b) {
    double shared = shared(a, b);
    return shared / (area(a) + area(b) - shared);
  }

  /** Which part of {@code box} lies in {@code region}, 0 to 1. */
  static double partIn(Box box, Box region) {
    return shared(box, region) / area(box);
  }

  private static double shared(Box a, Box b) {
    int across = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    int down = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    return Math.max(across, 0) * (double) Math.max(down, 0);
  }

  private static double area(Box box) {
    return (double) box.width() * box.height();
  }
}
