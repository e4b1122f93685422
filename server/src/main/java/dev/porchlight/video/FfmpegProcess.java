package dev.porchlight.video;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running ffmpeg. What it complains of is read on a thread of its own and kept, what it makes is read by who started
 * it. It never outlives {@link #close}; and when this Java machine is killed, it ends with its next picture, since nobody
 * is there to take it, or when its camera is silent for as long as its time limit. Thread-safe.
 */
final class FfmpegProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FfmpegProcess.class);
  /** Cameras have few sessions to give, and ffmpeg gives its own back when it is asked to go. */
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(2);
  /** An exit code above it is this and the number of a signal; ffmpeg has one of its own, 255, for having been asked to go. */
  private static final int SIGNALS = 128;

  private final Process process;
  private final LastLines said;
  private final Thread listener;

  private FfmpegProcess(String name, Process process, LastLines said) {
    this.process = process;
    this.said = said;
    // Reading from a process holds a carrier of virtual threads, of which there are as many as processors.
    this.listener = Thread.ofPlatform()
        .name(name + "-ffmpeg")
        .daemon()
        .unstarted(() -> said.readFrom(process.getErrorStream()));
  }

  /**
   * Starts ffmpeg.
   *
   * @param name      of the thread that listens
   * @param arguments all but the program itself, without secrets: everybody on the machine can read them
   * @param script    what it finds on its standard input, which may be secret; null for nothing
   * @throws VideoException when it cannot be started
   */
  static FfmpegProcess start(Ffmpeg ffmpeg, String name, List<String> arguments, @Nullable String script,
      Secrets secrets) throws VideoException {
    var command = new ArrayList<String>();
    command.add(ffmpeg.program().toString());
    command.addAll(List.of("-nostdin", "-hide_banner", "-nostats", "-v", "level+info"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(ffmpeg.environment());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("AV_LOG_FORCE_NOCOLOR", "1");
    // Its whole command line, addresses and all, would go into a file.
    builder.environment().remove("FFREPORT");
    try {
      var started = new FfmpegProcess(name, builder.start(), new LastLines(secrets));
      started.listener.start();
      started.tell(script);
      return started;
    } catch (IOException e) {
      throw new VideoException("ffmpeg (" + ffmpeg.program() + ") cannot be started: " + e.getMessage(), e);
    }
  }

  private void tell(@Nullable String script) {
    try (OutputStream in = process.getOutputStream()) {
      if (script != null) {
        in.write(script.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException _) {
      // It ended before it read that; why, it says elsewhere.
    }
  }

  /** What it makes. */
  InputStream output() {
    return process.getInputStream();
  }

  /**
   * Why it ended, in one line for people; waits a moment for it to end.
   *
   * @param standard when it says nothing itself
   */
  String failure(String standard) throws InterruptedException {
    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      return FailureReason.of(said.all(), standard);
    }
    listener.join(GRACE);
    int exitCode = process.exitValue();
    return FailureReason.of(said.all(),
        exitCode > SIGNALS && exitCode < 255 ? "ffmpeg was killed by signal " + (exitCode - SIGNALS) : standard);
  }

  /** What it has said by its end, which is waited for. */
  List<String> saidToTheEnd() throws InterruptedException {
    process.waitFor();
    listener.join();
    return said.all();
  }

  /** True when it has ended and done what it was told; waits a moment for its end. */
  boolean hasSucceeded() throws InterruptedException {
    return process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
  }

  /** Ends it at once, so that who reads from it comes to an end; {@link #close} is still to be called. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends it if it runs, and waits until it is gone: three seconds at most. */
  @Override
  public void close() {
    process.destroy();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
          log.warn("{}: process {} does not end", listener.getName(), process.pid());
        }
      }
    } catch (InterruptedException _) {
      process.destroyForcibly();
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
