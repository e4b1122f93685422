package dev.porchlight.video;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try to read a stream, for as long as it goes well. Who reads it notes what comes; a watch that finds nothing new for
 * too long ends the process, and then the reader comes to an end. Thread-safe.
 */
final class Attempt {
  private final FfmpegProcess process;
  private final VideoConfig config;
  /** Of the first picture, or before it of the start. */
  private volatile long firstAt;
  private volatile boolean hasPictures;
  private volatile long lastAt;
  private volatile @Nullable String givenUp;

  Attempt(FfmpegProcess process, VideoConfig config, long startedAt) {
    this.process = process;
    this.config = config;
    this.firstAt = startedAt;
    this.lastAt = startedAt;
  }

  /** A picture has come; called by the one thread that reads. */
  void picture(long now) {
    if (!hasPictures) {
      firstAt = now;
    }
    lastAt = now;
    hasPictures = true;
  }

  /** Ends it when it is stalled; true when that is now. */
  boolean endIfStalled(long now) {
    Duration limit = hasPictures ? config.stallAfter() : config.answerWithin();
    if (givenUp != null || now - lastAt < limit.toNanos()) {
      return false;
    }
    givenUp = (hasPictures ? "no picture for " : "no picture within ") + text(limit);
    process.kill();
    return true;
  }

  /** Why it was ended from outside; null when it was not. */
  @Nullable
  String givenUp() {
    return givenUp;
  }

  /** For how long pictures have come, or came. */
  Duration length() {
    return Duration.ofNanos(lastAt - firstAt);
  }

  private static String text(Duration limit) {
    return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }
}
