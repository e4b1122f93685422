package dev.porchlight.detection;

import java.util.ArrayList;
import java.util.List;

/** The strokes of one letter. Immutable. */
final class Glyph {
  private final int width;
  private final double[][] strokes;

  private Glyph(int width, double[][] strokes) {
    this.width = width;
    this.strokes = strokes;
  }

  /**
   * The strokes through the points of a grid: to each neighbour beside and below, and across a corner where the points
   * between are empty.
   *
   * @param rows what is no blank is a point; the longest says how wide the letter is
   */
  static Glyph of(List<String> rows) {
    var strokes = new ArrayList<double[]>();
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < rows.get(y).length(); x++) {
        if (isPoint(rows, x, y)) {
          strokes.add(new double[]{x, y, x, y});
          join(rows, x, y, x + 1, y, strokes);
          join(rows, x, y, x, y + 1, strokes);
          join(rows, x, y, x + 1, y + 1, strokes);
          join(rows, x, y, x - 1, y + 1, strokes);
        }
      }
    }
    return new Glyph(rows.stream().mapToInt(String::length).max().orElse(0), strokes.toArray(double[][]::new));
  }

  private static void join(List<String> rows, int x, int y, int toX, int toY, List<double[]> strokes) {
    boolean isCorner = x != toX && y != toY;
    if (isPoint(rows, toX, toY) && !(isCorner && (isPoint(rows, x, toY) || isPoint(rows, toX, y)))) {
      strokes.add(new double[]{x, y, toX, toY});
    }
  }

  private static boolean isPoint(List<String> rows, int x, int y) {
    return y < rows.size() && x >= 0 && x < rows.get(y).length() && rows.get(y).charAt(x) != ' ';
  }

  /** In cells. */
  int width() {
    return width;
  }

  /** How far a place is from the nearest stroke, in cells; very far when there is none. */
  double distance(double x, double y) {
    double nearest = Double.MAX_VALUE;
    for (double[] stroke : strokes) {
      nearest = Math.min(nearest, distance(stroke, x, y));
    }
    return nearest;
  }

  private static double distance(double[] stroke, double x, double y) {
    double alongX = stroke[2] - stroke[0];
    double alongY = stroke[3] - stroke[1];
    double length = alongX * alongX + alongY * alongY;
    double part = length == 0 ? 0 : ((x - stroke[0]) * alongX + (y - stroke[1]) * alongY) / length;
    double on = Math.clamp(part, 0, 1);
    return Math.hypot(x - stroke[0] - on * alongX, y - stroke[1] - on * alongY);
  }
}
