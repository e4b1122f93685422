package dev.porchlight.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes, each {@link #BEAT}, that the server is alive, as the modification time of a file, so that the next start knows until when
 * it was: what came before that came while a server ran, and is not history.
 */
final class Heartbeat {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  static final Duration BEAT = Duration.ofSeconds(1);

  private final Path file;
  private final Clock clock;
  private final @Nullable Instant lastAlive;
  private boolean failing;

  private Heartbeat(Path file, Clock clock, @Nullable Instant lastAlive) {
    this.file = file;
    this.clock = clock;
    this.lastAlive = lastAlive;
  }

  /** Reads when the last server was alive, and does not beat yet. */
  static Heartbeat open(Path file, Clock clock) throws IOException {
    Instant lastAlive = null;
    if (Files.exists(file)) {
      // A beat that was about to come counts as well.
      lastAlive = Files.getLastModifiedTime(file).toInstant().plus(BEAT.multipliedBy(2));
    } else {
      Files.createFile(file);
    }
    return new Heartbeat(file, clock, lastAlive);
  }

  /** Until when the last server on this folder was alive; null when there was none. */
  @Nullable
  Instant lastAlive() {
    return lastAlive;
  }

  /** Notes that the server is alive; confined to one thread. */
  void beat() {
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.warn("cannot note in {} that the server is alive: {}", file, e.toString());
      }
      failing = true;
    }
  }
}
