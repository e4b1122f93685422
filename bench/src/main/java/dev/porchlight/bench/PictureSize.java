package dev.porchlight.bench;

import java.util.List;

/** How large a camera's pictures are, in pixels. */
record PictureSize(int width, int height) {
  /** What most cameras of a home send. */
  static final PictureSize HD = new PictureSize(1280, 720);
  /** Those that are measured. */
  static final List<PictureSize> ALL = List.of(new PictureSize(640, 480), HD, new PictureSize(1920, 1080));

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
