package dev.porchlight.domain;

import java.util.List;

/**
 * A part of a camera's picture: a polygon, closed by itself, in fractions of the picture as displayed, so that it stays
 * right when the camera sends another size. Where its sides cross, the even-odd rule says what is inside.
 *
 * @param points at least three
 */
public record Area(List<Point> points) {
  /** A triangle is the least that has an inside. */
  public static final int LEAST_POINTS = 3;

  public Area {
    points = List.copyOf(points);
    if (points.size() < LEAST_POINTS) {
      throw new IllegalArgumentException("an area has at least " + LEAST_POINTS + " points, not " + points.size());
    }
  }

  /**
   * True when a point lies inside or on a side: what stands on the lower edge of the picture stands in an area that
   * reaches down to it.
   *
   * @param x fraction of the width, from the left
   * @param y fraction of the height, from the top
   */
  public boolean contains(double x, double y) {
    boolean inside = false;
    Point from = points.getLast();
    for (Point to : points) {
      if (isOnSide(from, to, x, y)) {
        return true;
      }
      // A ray to the right: it crosses this side or not; an odd number of crossings means inside.
      if (from.y > y != to.y > y && x < (to.x - from.x) * (y - from.y) / (to.y - from.y) + from.x) {
        inside = !inside;
      }
      from = to;
    }
    return inside;
  }

  private static boolean isOnSide(Point from, Point to, double x, double y) {
    double across = (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x);
    return across == 0 && x >= Math.min(from.x, to.x) && x <= Math.max(from.x, to.x) && y >= Math.min(from.y, to.y)
        && y <= Math.max(from.y, to.y);
  }

  /** A corner, in fractions of the picture: 0 is left or top, 1 is right or bottom. */
  public record Point(double x, double y) {
    public Point {
      if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
        throw new IllegalArgumentException("a point lies within 0 to 1: " + x + "," + y);
      }
    }
  }
}
