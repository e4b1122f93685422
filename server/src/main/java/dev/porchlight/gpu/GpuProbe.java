package dev.porchlight.gpu;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.metrics.TaskGuard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one {@code nvidia-smi} running and remembers its last line: starting one for each sample costs more than the
 * sample. When it dies it is started again, later and later. Thread-safe.
 */
final class GpuProbe implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GpuProbe.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final GpuConfig config;
  private final LongSupplier nanoTime;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final TaskGuard guard = new TaskGuard("gpu-probe");
  private final Thread thread = Thread.ofVirtual().name("gpu-probe").unstarted(this::run);
  private volatile @Nullable Timed last;
  private volatile @Nullable Process process;
  /** Confined to the thread, as is the next. */
  private Duration pause = FIRST_PAUSE;
  private boolean saidSo;

  GpuProbe(GpuConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
  }

  void start() {
    thread.start();
  }

  /** The last reading; empty when there is none, or when it is older than three intervals. */
  Optional<GpuReading> reading() {
    Timed timed = last;
    long oldest = config.interval().multipliedBy(3).toNanos();
    return timed == null || nanoTime.getAsLong() - timed.atNanos > oldest
        ? Optional.empty()
        : Optional.of(timed.reading);
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  Component taskState() {
    return guard.state();
  }

  @Override
  public void close() {
    stopped.countDown();
    Process running = process;
    if (running != null) {
      running.destroy();
    }
  }

  private void run() {
    guard.loop(() -> stopped.getCount() == 0, this::followThenPause);
  }

  private void followThenPause() throws InterruptedException {
    try {
      if (follow()) {
        pause = FIRST_PAUSE;
        saidSo = false;
      }
    } catch (IOException | UncheckedIOException e) {
      if (!saidSo && stopped.getCount() > 0) {
        log.info("{} does not start, so what the GPU does is not known", config.command());
        log.debug("{} does not start", config.command(), e);
      }
      saidSo = true;
      pause = LONGEST_PAUSE;
    }
    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    boolean _ = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads one process to its end; returns true when it said something useful. */
  private boolean follow() throws IOException, InterruptedException {
    Process started = new ProcessBuilder(config.command(), "--id=0", "--query-gpu=" + GpuReading.QUERY,
        "--format=csv,noheader,nounits", "--loop-ms=" + config.interval().toMillis())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    process = started;
    boolean useful = false;
    try (BufferedReader lines = started.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null && stopped.getCount() > 0; line = lines.readLine()) {
        Optional<GpuReading> reading = GpuReading.parse(line);
        if (reading.isPresent()) {
          last = new Timed(reading.get(), nanoTime.getAsLong());
          useful = true;
          guard.works();
        }
      }
    } finally {
      started.destroy();
      if (!started.waitFor(2, TimeUnit.SECONDS)) {
        started.destroyForcibly();
      }
    }
    if (stopped.getCount() > 0) {
      log.warn("{} ended with {}, starting it again later", config.command(), started.waitFor());
    }
    return useful;
  }

  private record Timed(GpuReading reading, long atNanos) {}
}
