package dev.porchlight.detection;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds the memory of the pictures in flight, over all threads: whoever needs more waits, in order. Files and pixels have
 * their own bounds, and one takes its file first, so that nobody who holds pixels ever waits. Thread-safe.
 */
public final class PictureMemory {
  static final long MAX_FILE_BYTES = 32L << 20;
  /** Of the pixels of all pictures; one that needs more (8 megapixels of 16-bit colour) takes all of it, alone. */
  static final long PIXEL_BYTES = 48L << 20;
  private static final int UNIT = 1024;

  private final Semaphore files = new Semaphore(units(MAX_FILE_BYTES), true);
  private final Semaphore pixels = new Semaphore(units(PIXEL_BYTES), true);

  /** Waits for room for a file of this size, at most {@link #MAX_FILE_BYTES}. */
  Share file(long bytes) throws InterruptedException {
    return take(files, units(Math.min(bytes, MAX_FILE_BYTES)));
  }

  /** Waits for room for this many bytes of pixels. */
  Share pixels(long bytes) throws InterruptedException {
    return take(pixels, units(Math.min(bytes, PIXEL_BYTES)));
  }

  /** True while no picture more can be decoded. */
  boolean isFull() {
    return pixels.availablePermits() == 0;
  }

  private static Share take(Semaphore semaphore, int units) throws InterruptedException {
    semaphore.acquire(units);
    return new Share(semaphore, units);
  }

  private static int units(long bytes) {
    return (int) ((bytes + UNIT - 1) / UNIT);
  }

  /** A part of the memory, until it is closed; closing twice does nothing. */
  static final class Share implements AutoCloseable {
    private final Semaphore semaphore;
    private final int units;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Share(Semaphore semaphore, int units) {
      this.semaphore = semaphore;
      this.units = units;
    }

    @Override
    public void close() {
      if (isClosed.compareAndSet(false, true)) {
        semaphore.release(units);
      }
    }
  }
}
