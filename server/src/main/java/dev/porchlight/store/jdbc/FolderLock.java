package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock on a data folder: {@code porchlight.lock}, locked by the operating system, so that it ends with the process
 * however that dies. The file holds the process's id and stays. Thread-safe.
 */
final class FolderLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderLock.class);
  private static final String FILE = "porchlight.lock";
  /** Beyond the text: where locks bind readers too, the pid can still be read. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  /**
   * The folders that this process holds. Static, since the lock belongs to the process: were a second channel opened on
   * the file and closed again, POSIX would take the first one's lock away.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Takes the lock, or throws a {@link StoreException} that names the process that has it. */
  static FolderLock take(Path path) throws IOException {
    var folder = path.toRealPath();
    if (!HELD.add(folder)) {
      throw taken(path, ownPid());
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw taken(path, Files.readString(folder.resolve(FILE)).strip());
      }
      channel.truncate(0).write(StandardCharsets.US_ASCII.encode(ownPid() + "\n"));
      return new FolderLock(folder, channel);
    } catch (OverlappingFileLockException _) {
      release(folder, channel);
      throw taken(path, ownPid());
    } catch (IOException | RuntimeException e) {
      release(folder, channel);
      throw e;
    }
  }

  @Override
  public void close() {
    if (channel.isOpen()) {
      release(folder, channel);
    }
  }

  private static void release(Path folder, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      log.warn("The lock on {} was not given back in order: {}", folder, e.getMessage());
    } finally {
      HELD.remove(folder);
    }
  }

  private static StoreException taken(Path path, String pid) {
    return new StoreException("The data folder " + path + " is in use by another Porchlight"
        + (pid.isEmpty() ? "" : ", process " + pid) + ": stop that one, or name another folder");
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }
}
