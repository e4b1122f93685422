package dev.porchlight.ingest;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what changes in folders; never to be relied upon, since systems drop notifications. Thread-safe. */
interface DirectoryWatch extends AutoCloseable {
  /**
   * Watches a folder, not the folders in it. Does nothing when it is watched already.
   *
   * @param fileKey what makes it this folder and no other at the same place
   */
  void watch(Path folder, @Nullable Object fileKey);

  /** Lets go of folders that are no longer where they were. */
  void prune();

  /**
   * What has changed, waiting until something has.
   *
   * @throws ClosedWatchServiceException when this has been closed
   */
  Hints next() throws InterruptedException;

  /** True when changes in some folders go unnoticed. */
  boolean isPartial();

  @Override
  void close();

  /**
   * What has changed.
   *
   * @param created files and folders that are new at their place
   * @param changed files and folders that were changed, and watched folders that are gone
   * @param lost    there were more changes than could be told
   */
  record Hints(List<Path> created, List<Path> changed, boolean lost) {
    public Hints {
      created = List.copyOf(created);
      changed = List.copyOf(changed);
    }
  }
}
