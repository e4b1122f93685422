package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.picture.PictureInfo;

/**
 * Which part of a picture is decoded, and by how much it is reduced meanwhile.
 *
 * @param stored  the part, in stored pixels
 * @param step    every {@code step}-th pixel of every {@code step}-th row is kept
 * @param further bytes that whoever asked will need beside the decoded pixels, so that it takes all at once
 */
record Excerpt(Box stored, int step, long further) {
  /** All of it, for a detector that sees so many pixels of its longer side. */
  static Excerpt forDetection(PictureInfo info, int seen) {
    return new Excerpt(all(info), Reduction.byKeeping(info.width(), info.height(), seen).step(), 0);
  }

  /**
   * A part to be drawn: at least twice as large as it will be shown, so that averaging still has something to average, but
   * never more than fits in {@link PictureMemory}.
   *
   * @param stored  in stored pixels
   * @param longer  the longer side that will be shown, in pixels
   * @param further bytes needed beside
   */
  static Excerpt toDraw(PictureInfo info, Box stored, int longer, long further) {
    int step = Math.max(1, Math.max(stored.width(), stored.height()) / (2 * longer));
    var excerpt = new Excerpt(stored, step, further);
    while (excerpt.pixels() * bytesPerPixel(info) > PictureMemory.PIXEL_BYTES) {
      excerpt = new Excerpt(stored, excerpt.step + 1, further);
    }
    return excerpt;
  }

  static Box all(PictureInfo info) {
    return new Box(0, 0, info.width(), info.height());
  }

  /** The most that decoding takes: a JPEG has four components, a PNG four of two bytes. */
  static int bytesPerPixel(PictureInfo info) {
    return switch (info.kind()) {
      case JPEG -> 4;
      case PNG -> 8;
    };
  }

  /** How many are kept. */
  long pixels() {
    return Math.ceilDiv((long) stored.width(), step) * Math.ceilDiv((long) stored.height(), step);
  }
}
