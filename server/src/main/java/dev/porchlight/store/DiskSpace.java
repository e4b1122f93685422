package dev.porchlight.store;

/** The disk that holds the data folder, and whether it is full. Thread-safe. */
public interface DiskSpace {
  /**
   * Reports a failed write. If the reason is a full disk, the disk counts as full until there is space again. May block.
   *
   * @return true when the disk is full
   */
  boolean noteFailure(Throwable failure);
}
