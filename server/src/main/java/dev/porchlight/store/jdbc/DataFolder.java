package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that holds all that Porchlight keeps: its owner's alone (mode 0700), and one process's at a time until it
 * is closed. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
  private static final String OWNER_ONLY = "rwx------";
  private static final String TMP = "tmp";

  private final Path path;
  private final FolderLock lock;
  private final DataDisk disk;

  private DataFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
    this.disk = new DataDisk(path, path.resolve(TMP));
  }

  /**
   * Creates the folder when it is missing, takes it for this process and empties its {@linkplain #tmp() folder of
   * passing files}.
   *
   * @throws StoreException of one line when another process has it (whose pid it names), or it cannot be written
   */
  public static DataFolder open(Path folder) {
    var path = folder.toAbsolutePath().normalize();
    FolderLock lock = null;
    try {
      create(path);
      lock = FolderLock.take(path);
      var opened = new DataFolder(path, lock);
      opened.emptyTmp();
      return opened;
    } catch (IOException e) {
      if (lock != null) {
        lock.close();
      }
      throw new StoreException("The data folder " + path
          + " cannot be used: let the user that runs Porchlight own it, or name another (" + reason(e) + ")", e);
    }
  }

  /** The folder, absolute. */
  public Path path() {
    return path;
  }

  /** The folder for what need not outlive the process; emptied at each start. */
  public Path tmp() {
    return path.resolve(TMP);
  }

  /** The folder for copies of the database; created with the first. */
  public Path backups() {
    return path.resolve("backups");
  }

  /** The disk that the folder is on. */
  public DataDisk disk() {
    return disk;
  }

  /** Lets others have the folder. */
  @Override
  public void close() {
    disk.close();
    lock.close();
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      tighten(path);
      return;
    }
    if (path.getParent() != null) {
      Files.createDirectories(path.getParent());
    }
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    } else {
      Files.createDirectory(path);
    }
  }

  /** Not every file system can: then it is said, and it is the owner's choice. */
  private static void tighten(Path path) throws IOException {
    var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    var found = PosixFilePermissions.toString(view.readAttributes().permissions());
    if (found.endsWith("------")) {
      return;
    }
    try {
      view.setPermissions(PosixFilePermissions.fromString(OWNER_ONLY));
      log.warn("The data folder {} was open to others ({}): now it is its owner's alone", path, found);
    } catch (IOException e) {
      log.warn("The data folder {} is open to others ({}) and cannot be tightened: {}", path, found, reason(e));
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private void emptyTmp() throws IOException {
    if (Files.exists(tmp())) {
      Files.walkFileTree(tmp(), new Deletion());
    }
    Files.createDirectories(tmp());
  }

  /** Deletes a tree; links are deleted, not followed. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
