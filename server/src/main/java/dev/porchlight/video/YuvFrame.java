package dev.porchlight.video;

/**
 * The pixels of one picture: planes of luma and, at half the width and height (rounded up), of blue and red chroma, one
 * behind the other, one byte a sample in the full range 0 to 255. Its bytes are used again for the next picture. Confined
 * to one thread.
 */
final class YuvFrame {
  private final int width;
  private final int height;
  private final byte[] samples;

  YuvFrame(int width, int height) {
    this.width = width;
    this.height = height;
    this.samples = new byte[width * height + 2 * chromaWidth() * chromaHeight()];
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int chromaWidth() {
    return (width + 1) / 2;
  }

  int chromaHeight() {
    return (height + 1) / 2;
  }

  /** All samples: luma from 0, blue chroma from {@link #blueAt()}, red chroma from {@link #redAt()}. */
  byte[] samples() {
    return samples;
  }

  int blueAt() {
    return width * height;
  }

  int redAt() {
    return blueAt() + chromaWidth() * chromaHeight();
  }
}
