package dev.porchlight.camera;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what deleted cameras have seen, where somebody wished so: row after row by bounded steps, between which others
 * have their turn, then the pictures that Porchlight itself has kept. What lies in {@code camera.root} belongs to somebody
 * else and stays. A server that stops goes on at its next start. Thread-safe.
 */
public final class HistoryRemoval implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HistoryRemoval.class);
  /** Rows of each kind in one transaction: some milliseconds, which a picture that arrives can wait. */
  private static final int STEP = 500;
  private static final Duration UNDER_WAY = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final CameraStore cameras;
  private final List<Path> folders;
  private final TaskGuard guard = new TaskGuard("forget");
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * Forgets nothing yet.
   *
   * @param folders those with a folder for each camera in which Porchlight keeps pictures
   */
  public HistoryRemoval(CameraStore cameras, List<Path> folders) {
    this.cameras = cameras;
    this.folders = List.copyOf(folders);
  }

  /** Goes on with what an earlier process did not finish. */
  public void start() {
    cameras.forgetting().forEach(this::begin);
  }

  /** Begins to forget what this camera has seen, if it was deleted with its history. Does not wait for it. */
  public void begin(String cameraId) {
    var _ = Thread.ofVirtual().name("forget-" + cameraId).start(() -> forget(cameraId));
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return guard.state();
  }

  /** Ends after the step it is at. */
  @Override
  public void close() {
    stopping.countDown();
  }

  private void forget(String cameraId) {
    try {
      boolean done = false;
      while (!done) {
        try {
          done = step(cameraId);
          guard.works();
        } catch (StoreException | IOException e) {
          log.warn("camera {}: its history cannot be forgotten now, trying again in {} s: {}", cameraId,
              RETRY.toSeconds(), e.getMessage());
          done = pause(RETRY);
        } catch (RuntimeException | Error e) {
          guard.failed(e);
          done = pause(RETRY);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns true when there is nothing more to do, or no more time. */
  private boolean step(String cameraId) throws IOException, InterruptedException {
    if (!cameras.forgetting().contains(cameraId)) {
      return true;
    }
    return switch (cameras.forget(cameraId, STEP)) {
      case MORE -> pause(Duration.ZERO);
      case UNDER_WAY -> pause(UNDER_WAY);
      case NOTHING -> {
        for (Path folder : folders) {
          delete(folder.resolve(cameraId));
        }
        cameras.forgotten(cameraId);
        log.info("camera {}: its history is forgotten", cameraId);
        yield true;
      }
    };
  }

  private boolean pause(Duration pause) throws InterruptedException {
    return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Deletes a tree; links are deleted, not followed. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
          return FileVisitResult.CONTINUE;
        }
        throw e;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
        if (e != null) {
          throw e;
        }
        Files.deleteIfExists(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
