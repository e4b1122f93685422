package dev.porchlight.detection;

/** Draws a decoded picture upright and at any size, row by row, without a copy of it. Stateless. */
final class Upright {
  private static final int CHANNELS = 3;

  private Upright() {}

  /** The picture as displayed, filling a canvas of this size. */
  static Canvas draw(Picture picture, int width, int height) {
    Orientation orientation = picture.orientation();
    int storedWidth = orientation.isTurned() ? height : width;
    int storedHeight = orientation.isTurned() ? width : height;
    var scaler = new Scaler(picture.rows(), storedWidth, storedHeight);
    var canvas = new Canvas(width, height);
    var row = new float[CHANNELS * storedWidth];
    for (int y = 0; y < storedHeight; y++) {
      scaler.row(y, row);
      for (int x = 0; x < storedWidth; x++) {
        canvas.set(orientation.displayedX(x, y, storedWidth, storedHeight),
            orientation.displayedY(x, y, storedWidth, storedHeight), Math.round(row[CHANNELS * x]),
            Math.round(row[CHANNELS * x + 1]), Math.round(row[CHANNELS * x + 2]));
      }
    }
    return canvas;
  }
}
