package dev.porchlight.detection;

import org.jspecify.annotations.Nullable;

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
  private final @Nullable PictureBytes file;

  /**
   * Describes pixels.
   *
   * @param storedWidth  of the source, before it was reduced or turned; {@code storedHeight} likewise
   */
  Picture(PixelRows rows, Orientation orientation, int storedWidth, int storedHeight, PictureMemory.Share share) {
    this(rows, orientation, orientation.isTurned() ? storedHeight : storedWidth,
        orientation.isTurned() ? storedWidth : storedHeight, share, null);
  }

  private Picture(PixelRows rows, Orientation orientation, int width, int height, PictureMemory.Share share,
      @Nullable PictureBytes file) {
    this.rows = rows;
    this.orientation = orientation;
    this.width = width;
    this.height = height;
    this.share = share;
    this.file = file;
  }

  /** The same picture, which also holds its file from now on; this one is not to be used any more. */
  Picture with(PictureBytes source) {
    return new Picture(rows, orientation, width, height, share, source);
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

  /** All bytes of its file, not to be changed; null unless they were asked for when it was read. */
  byte @Nullable [] file() {
    return file == null ? null : file.bytes();
  }

  /** Gives the memory back; its pixels must not be used any more. */
  @Override
  public void close() {
    share.close();
    if (file != null) {
      file.close();
    }
  }
}
