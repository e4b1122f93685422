package dev.porchlight.detection;

import dev.porchlight.domain.PictureView;
import dev.porchlight.domain.RenderedPicture;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes pictures for people to look at, on a few threads of its own: decoding is native work, and on the threads of requests
 * it would hold up everything that waits there. Shares {@link PictureMemory} with the detector. Thread-safe.
 */
public final class PictureRenderer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PictureRenderer.class);
  /** A page of a hundred thumbnails, and as many again; who comes then is told to come later. */
  private static final int MOST_WAITING = 200;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final PictureMemory memory;
  private final Drawing drawing;
  private final ThreadPoolExecutor threads;

  /** A renderer within a bound on memory; its threads start with the first picture. */
  public PictureRenderer(PictureMemory memory) {
    this.memory = memory;
    this.drawing = new Drawing(new PictureReader(memory));
    int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2);
    this.threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING),
        Thread.ofPlatform().name("render-", 0).daemon(true).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Makes a picture; waits for it.
   *
   * @param sha256 of the bytes that the file must still hold, lower-case hex
   */
  public RenderedPicture render(Path file, String sha256, PictureView view) throws InterruptedException {
    var task = new FutureTask<RenderedPicture>(() -> rendered(file, sha256, view));
    try {
      threads.execute(task);
      return task.get();
    } catch (RejectedExecutionException | CancellationException _) {
      return new RenderedPicture.Busy(RETRY_AFTER);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      log.error("{} could not be drawn", file, e.getCause());
      return new RenderedPicture.Unreadable("it could not be drawn; the server's log says why");
    }
  }

  private RenderedPicture rendered(Path file, String sha256, PictureView view) throws InterruptedException {
    try (var bytes = PictureBytes.read(file, memory)) {
      return bytes.sha256().equals(sha256)
          ? new RenderedPicture.Jpeg(drawing.draw(bytes.bytes(), view))
          : new RenderedPicture.Overwritten();
    } catch (NoSuchFileException _) {
      return new RenderedPicture.Gone();
    } catch (IOException e) {
      log.warn("{} cannot be read: {}", file, e.toString());
      return new RenderedPicture.Unreadable("the picture cannot be read; the server's log says why");
    } catch (PictureException e) {
      return new RenderedPicture.Unreadable(String.valueOf(e.getMessage()));
    }
  }

  /** Makes no more; who waits is told so. */
  @Override
  public void close() {
    for (Runnable waiting : threads.shutdownNow()) {
      ((FutureTask<?>) waiting).cancel(false);
    }
  }
}
