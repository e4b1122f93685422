package dev.porchlight.detection;

/**
 * A decoded picture: its pixels as stored, possibly reduced, and how they are displayed. They are never turned as a whole,
 * which would cost a second copy: whoever samples them turns the few pixels it keeps. It holds its share of
 * {@link PictureMemory} until it is closed. Safe to read from several threads.
 */
public final class Picture implements AutoCloseable {
  private final PixelRows rows;
  private final Orientation orientation;
  private final int width;
  private final int height;
  private final PictureMemory.Share share;

  /**
   * Describes pixels.
   *
   * @param storedWidth  of the source, before it was reduced or turned; {@code storedHeight} likewise
   */
  Picture(PixelRows rows, Orientation orientation, int storedWidth, int storedHeight, PictureMemory.Share share) {
    this.rows = rows;
    this.orientation = orientation;
    this.width = orientation.isTurned() ? storedHeight : storedWidth;
    this.height = orientation.isTurned() ? storedWidth : storedHeight;
    this.share = share;
  }

  /** Pixels across of the source picture as displayed. */
  public int width() {
    return width;
  }

  /** Pixels down of the source picture as displayed. */
  public int height() {
    return height;
  }

  PixelRows rows() {
    return rows;
  }

  Orientation orientation() {
    return orientation;
  }

  /** Gives the memory back; its pixels must not be used any more. */
  @Override
  public void close() {
    share.close();
  }
}
