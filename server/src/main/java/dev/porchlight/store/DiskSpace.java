package dev.porchlight.store;

/** The disk that everything is kept on: whether it is full. Thread-safe. */
public interface DiskSpace {
  /**
   * Notes that something could not be written. A disk that is full stays so until there is room again.
   *
   * @return true when the reason is that the disk is full
   */
  boolean noteFailure(Throwable failure);
}
