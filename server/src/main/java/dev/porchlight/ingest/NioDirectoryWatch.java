package dev.porchlight.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file system's own notifications. A folder that is moved keeps its key, and the key its old name; so it is our own
 * map that says which folder a key means, and it is told anew wherever a folder turns up. Thread-safe.
 */
final class NioDirectoryWatch implements DirectoryWatch {
  private static final Logger log = LoggerFactory.getLogger(NioDirectoryWatch.class);

  private final WatchService service;
  private final Registration registration;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final Map<Path, Watched> byPath = new HashMap<>();
  @GuardedBy("lock")
  private final Map<WatchKey, Path> byKey = new HashMap<>();
  private volatile boolean partial;

  private record Watched(WatchKey key, @Nullable Object fileKey) {}

  /** How a folder is registered with a service. */
  @FunctionalInterface
  interface Registration {
    WatchKey register(Path folder, WatchService service) throws IOException;
  }

  NioDirectoryWatch(WatchService service) {
    this(service, (folder, with) -> folder.register(with, StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY));
  }

  NioDirectoryWatch(WatchService service, Registration registration) {
    this.service = service;
    this.registration = registration;
  }

  @Override
  public void watch(Path folder, @Nullable Object fileKey) {
    synchronized (lock) {
      Watched before = byPath.get(folder);
      if (before != null && before.key.isValid() && Objects.equals(before.fileKey, fileKey)) {
        return;
      }
    }
    try {
      WatchKey key = registration.register(folder, service);
      synchronized (lock) {
        byPath.put(folder, new Watched(key, fileKey));
        byKey.put(key, folder);
      }
    } catch (NoSuchFileException | NotDirectoryException | ClosedWatchServiceException _) {
      // It is gone again, or so are we.
    } catch (IOException | UncheckedIOException e) {
      fail(folder, e);
    }
  }

  private void fail(Path folder, Exception e) {
    if (!partial) {
      partial = true;
      log.warn("{} and maybe more folders cannot be watched, and are only gone through every ingest.rescan"
          + " (Linux: raise fs.inotify.max_user_watches): {}", Printable.of(folder), e.toString());
    }
  }

  @Override
  public void prune() {
    List<Map.Entry<Path, Watched>> all;
    synchronized (lock) {
      all = List.copyOf(byPath.entrySet());
    }
    var gone = new ArrayList<Path>();
    for (var entry : all) {
      if (!isThere(entry.getKey(), entry.getValue().fileKey)) {
        gone.add(entry.getKey());
      }
    }
    gone.stream().map(this::forget).filter(Objects::nonNull).forEach(WatchKey::cancel);
  }

  private static boolean isThere(Path folder, @Nullable Object fileKey) {
    try {
      var attributes = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Objects.equals(attributes.fileKey(), fileKey);
    } catch (IOException _) {
      return false;
    }
  }

  /** The key that watches nothing any more; null when it now means another folder. */
  private @Nullable WatchKey forget(Path folder) {
    synchronized (lock) {
      Watched watched = byPath.remove(folder);
      return watched != null && byKey.remove(watched.key, folder) ? watched.key : null;
    }
  }

  @Override
  public Hints next() throws InterruptedException {
    WatchKey key = service.take();
    Path folder;
    synchronized (lock) {
      folder = byKey.get(key);
    }
    Set<Path> created = new LinkedHashSet<>();
    Set<Path> changed = new LinkedHashSet<>();
    boolean lost = false;
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.context() instanceof Path name && folder != null) {
        (event.kind().equals(StandardWatchEventKinds.ENTRY_CREATE) ? created : changed).add(folder.resolve(name));
      } else {
        lost |= event.kind().equals(StandardWatchEventKinds.OVERFLOW);
      }
    }
    if (!key.reset() && folder != null) {
      changed.add(folder);
      var _ = forget(folder);
    }
    return new Hints(List.copyOf(created), List.copyOf(changed), lost);
  }

  @Override
  public boolean isPartial() {
    return partial;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      log.warn("The watch on folders could not be closed: {}", e.toString());
    }
  }
}
