package dev.porchlight.detection;

/**
 * The boxes that an SSD's offsets are relative to (Liu et al. 2016, section 2.2, as the TensorFlow Object Detection API's
 * {@code multiple_grid_anchor_generator} makes them): for each cell of six grids, boxes of several shapes about its centre.
 * All in parts of the picture's side. Immutable.
 */
final class SsdAnchors {
  private static final int[] GRIDS = {19, 10, 5, 3, 2, 1};
  private static final double MIN_SCALE = 0.2;
  private static final double MAX_SCALE = 0.95;
  private static final int VALUES = 4;
  /** 19·19·3 + (10·10 + 5·5 + 3·3 + 2·2 + 1)·6. */
  static final int COUNT = 1917;

  /** Centre x, centre y, width and height of each anchor in turn. */
  private final float[] values = new float[COUNT * VALUES];

  SsdAnchors() {
    int at = 0;
    for (int layer = 0; layer < GRIDS.length; layer++) {
      double[][] shapes = shapes(layer);
      for (int cell = 0; cell < GRIDS[layer] * GRIDS[layer]; cell++) {
        int row = cell / GRIDS[layer];
        int column = cell % GRIDS[layer];
        for (double[] shape : shapes) {
          values[at++] = (float) ((column + 0.5) / GRIDS[layer]);
          values[at++] = (float) ((row + 0.5) / GRIDS[layer]);
          values[at++] = (float) (shape[0] * Math.sqrt(shape[1]));
          values[at++] = (float) (shape[0] / Math.sqrt(shape[1]));
        }
      }
    }
  }

  /** Pairs of scale and ratio of width to height. */
  private static double[][] shapes(int layer) {
    double scale = scale(layer);
    if (layer == 0) {
      return new double[][]{{0.1, 1}, {scale, 2}, {scale, 0.5}};
    }
    double between = Math.sqrt(scale * scale(layer + 1));
    // The API itself writes a third as 0.3333.
    return new double[][]{{scale, 1}, {scale, 2}, {scale, 0.5}, {scale, 3}, {scale, 0.3333}, {between, 1}};
  }

  private static double scale(int layer) {
    return layer == GRIDS.length ? 1 : MIN_SCALE + (MAX_SCALE - MIN_SCALE) * layer / (GRIDS.length - 1);
  }

  float centreX(int anchor) {
    return values[anchor * VALUES];
  }

  float centreY(int anchor) {
    return values[anchor * VALUES + 1];
  }

  float width(int anchor) {
    return values[anchor * VALUES + 2];
  }

  float height(int anchor) {
    return values[anchor * VALUES + 3];
  }
}
