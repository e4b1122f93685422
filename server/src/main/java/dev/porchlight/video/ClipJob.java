package dev.porchlight.video;

import dev.porchlight.domain.Clip;
import dev.porchlight.store.ClipLedger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one video file, from its beginning or from where an earlier server came to. Confined to one thread, but
 * for {@link #endIfStuck}.
 */
final class ClipJob {
  /** So seldom is noted how far it is: each note is a transaction, and what is read twice is known again. */
  private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final Clip clip;
  private final double fps;
  private final ClipPictures pictures;
  private final MotionGate gate;
  private final JpegEncoder encoder;
  private final ClipLedger ledger;
  private final BiConsumer<String, Instant> skipped;
  private final Runnable countRead;
  private final Runnable countSkipped;
  private volatile long waitsSince = NOT_WAITING;
  private volatile @Nullable FfmpegProcess process;
  private int taken;
  private long notedAt;

  ClipJob(Clip clip, double fps, ClipPictures pictures, MotionGate gate, JpegEncoder encoder, ClipLedger ledger,
      BiConsumer<String, Instant> skipped, Runnable countRead, Runnable countSkipped) {
    this.clip = clip;
    this.fps = fps;
    this.pictures = pictures;
    this.gate = gate;
    this.encoder = encoder;
    this.ledger = ledger;
    this.skipped = skipped;
    this.countRead = countRead;
    this.countSkipped = countSkipped;
    this.taken = clip.framesTaken();
  }

  /**
   * Reads to the end.
   *
   * @param length of the clip
   * @return how many pictures there were, from the position on
   * @throws VideoException when the video breaks off; what came before is kept
   * @throws IOException    when a picture cannot be written
   */
  int read(Ffmpeg ffmpeg, String name, Duration length, int maxWidth) throws IOException, InterruptedException {
    // On the grid, or all positions behind it would be others than the first time.
    long noted = Math.round(clip.position().toNanos() / 1e9 * fps);
    long first = noted == 0 && clip.framesTaken() == 0 ? 0 : noted + 1;
    var arguments = FfmpegArguments.ofFile(clip.path(), fps, at(first), maxWidth);
    try (var started = FfmpegProcess.start(ffmpeg, name, arguments.arguments(), null, Secrets.NONE)) {
      process = started;
      try {
        return read(started, first, length);
      } finally {
        process = null;
      }
    }
  }

  /** Ends it when ffmpeg has made nothing for a minute although it was free to. */
  void endIfStuck() {
    FfmpegProcess running = process;
    long since = waitsSince;
    if (running != null && since != NOT_WAITING && System.nanoTime() - since > LONGEST_SILENCE.toNanos()) {
      running.kill();
    }
  }

  private int read(FfmpegProcess running, long first, Duration length) throws IOException, InterruptedException {
    var reader = new Y4mReader(running.output());
    int count = 0;
    try {
      for (YuvFrame frame = next(reader, running); frame != null; frame = next(reader, running)) {
        Duration position = at(first + count);
        // A clock within the video that leaps ahead is filled with the same picture, for hours if need be.
        if (position.compareTo(length) > 0) {
          break;
        }
        count++;
        take(frame, position);
      }
      noteTheLast(first, count);
      return count;
    } catch (VideoException e) {
      noteTheLast(first, count);
      throw e;
    }
  }

  /** What came since the last note counts too, when nothing more comes. */
  private void noteTheLast(long first, int count) {
    if (count > 0) {
      ledger.advance(clip.id(), at(first + count - 1), taken);
    }
  }

  private @Nullable YuvFrame next(Y4mReader reader, FfmpegProcess running) throws IOException, InterruptedException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException("closing");
    }
    waitsSince = System.nanoTime();
    try {
      return reader.next();
    } catch (VideoException e) {
      throw e;
    } catch (IOException e) {
      throw new VideoException(running.failure("it breaks off"), e);
    } finally {
      waitsSince = NOT_WAITING;
    }
  }

  private void take(YuvFrame frame, Duration position) throws IOException, InterruptedException {
    countRead.run();
    if (gate.passes(frame, position.toNanos())) {
      pictures.keep(position, encoder.encode(frame));
      taken++;
    } else {
      countSkipped.run();
      skipped.accept(clip.cameraId(), pictures.timeOf(position));
    }
    long now = System.nanoTime();
    if (notedAt == 0 || now - notedAt > BETWEEN_NOTES.toNanos()) {
      ledger.advance(clip.id(), position, taken);
      notedAt = now;
    }
  }

  private Duration at(long index) {
    return Duration.ofNanos(Math.round(index * 1e9 / fps));
  }
}
