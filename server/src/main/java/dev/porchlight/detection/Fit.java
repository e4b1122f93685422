package dev.porchlight.detection;

/** How a picture of one shape is brought into a model's input of another. */
enum Fit {
  /** Filled entirely; the proportions change. */
  STRETCH,
  /** Proportions kept, in the top left corner, the rest filled; sizes are cut down to whole pixels, as YOLOX does. */
  TOP_LEFT,
  /** Proportions kept, in the middle, the rest filled; sizes are rounded, as Ultralytics does. */
  CENTRED;

  /** Where a picture of this size as displayed comes to lie. */
  Placement place(int width, int height, int inputWidth, int inputHeight) {
    if (this == STRETCH) {
      return new Placement(0, 0, inputWidth, inputHeight, inputWidth, inputHeight);
    }
    double ratio = Math.min((double) inputWidth / width, (double) inputHeight / height);
    int across = whole(width * ratio, inputWidth);
    int down = whole(height * ratio, inputHeight);
    return this == TOP_LEFT
        ? new Placement(0, 0, across, down, inputWidth, inputHeight)
        : new Placement(before(inputWidth - across), before(inputHeight - down), across, down, inputWidth, inputHeight);
  }

  private int whole(double side, int most) {
    // The product with a ratio that is itself rounded may miss a whole number by a little.
    long pixels = this == TOP_LEFT ? (long) (side + 1e-6) : Math.round(side);
    return Math.clamp(pixels, 1, most);
  }

  /** Of an odd number of pixels to fill, one more comes behind than before. */
  private static int before(int spare) {
    return spare / 2;
  }
}
