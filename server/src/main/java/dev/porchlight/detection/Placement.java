package dev.porchlight.detection;

/**
 * Where a picture lies in a model's input, in pixels of the input.
 *
 * @param left   columns before the picture
 * @param top    rows above the picture
 * @param across columns of the picture
 * @param down   rows of the picture
 */
record Placement(int left, int top, int across, int down, int inputWidth, int inputHeight) {
  /** A candidate in parts of the input, in parts of the picture. */
  Candidate inPicture(Candidate seen) {
    if (across == inputWidth && down == inputHeight) {
      return seen;
    }
    return new Candidate(seen.label(), seen.group(), seen.score(), x(seen.left()), y(seen.top()), x(seen.right()),
        y(seen.bottom()));
  }

  private float x(float part) {
    return (part * inputWidth - left) / across;
  }

  private float y(float part) {
    return (part * inputHeight - top) / down;
  }
}
