package dev.porchlight.video;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds ffmpeg when it is first needed: the one that {@code video.ffmpeg} names, else the one on the {@code PATH}, else one
 * that was put into the data folder ({@link UnpackedFfmpeg}). Each is tried before it is believed, since a program whose
 * libraries are missing is there and does not run. What was not found is looked for again after a minute, for somebody may
 * have installed it. Thread-safe.
 */
final class FfmpegFinder {
  static final String HOW_TO_GET = "install it (Debian, Ubuntu: apt install ffmpeg; macOS: brew install ffmpeg)"
      + " or name it with video.ffmpeg";

  private static final Logger log = LoggerFactory.getLogger(FfmpegFinder.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  /** Builds from the middle of development say N-123456-g01234567, and are newer than this. */
  private static final Pattern VERSION = Pattern.compile("ffmpeg version (n?(\\d+)\\.(\\d+)\\S*|\\S+).*");
  private static final int LEAST_MAJOR = 5;
  private static final int LEAST_MINOR = 1;

  private final VideoConfig config;
  private final @Nullable String searchPath;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private @Nullable Ffmpeg found;
  @GuardedBy("lock")
  private @Nullable String trouble;
  @GuardedBy("lock")
  private long triedAt;

  /**
   * Makes a finder that has not looked yet.
   *
   * @param searchPath folders as in the variable {@code PATH}
   */
  FfmpegFinder(VideoConfig config, @Nullable String searchPath, LongSupplier nanoTime) {
    this.config = config;
    this.searchPath = searchPath;
    this.nanoTime = nanoTime;
  }

  /**
   * The program, looked for if need be, which takes some tens of milliseconds once.
   *
   * @throws VideoException when there is none that runs; the message says what to do
   */
  Ffmpeg get() throws VideoException, InterruptedException {
    synchronized (lock) {
      if (found != null) {
        return found;
      }
      if (trouble != null && nanoTime.getAsLong() - triedAt < AGAIN.toNanos()) {
        throw new VideoException(trouble);
      }
    }
    // Two that come at once both look, which costs nothing but time.
    try {
      Ffmpeg program = find();
      log.info("video is read by ffmpeg {} ({})", program.version(), program.program());
      remember(program, null);
      return program;
    } catch (VideoException e) {
      remember(null, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** What is wrong, in one line for people; empty when it was found, or when nobody has needed it yet. */
  Optional<String> trouble() {
    synchronized (lock) {
      return Optional.ofNullable(trouble);
    }
  }

  private void remember(@Nullable Ffmpeg program, @Nullable String wrong) {
    synchronized (lock) {
      found = program;
      trouble = wrong;
      triedAt = nanoTime.getAsLong();
    }
  }

  private Ffmpeg find() throws VideoException, InterruptedException {
    Path named = config.ffmpeg();
    if (named != null) {
      return tried(named, Map.of());
    }
    Path onPath = onPath();
    if (onPath != null) {
      return tried(onPath, Map.of());
    }
    UnpackedFfmpeg unpacked = UnpackedFfmpeg.in(config.data().resolve("native"));
    if (unpacked != null) {
      return tried(unpacked.program(), unpacked.environment());
    }
    throw new VideoException("ffmpeg is needed for video and is not there: " + HOW_TO_GET);
  }

  private @Nullable Path onPath() {
    if (searchPath == null) {
      return null;
    }
    for (String folder : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
      Path program = Path.of(folder.isEmpty() ? "." : folder).resolve("ffmpeg").toAbsolutePath();
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  private static Ffmpeg tried(Path program, Map<String, String> environment)
      throws VideoException, InterruptedException {
    var builder = new ProcessBuilder(program.toString(), "-version").redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      try (var out = process.getInputStream()) {
        process.getOutputStream().close();
        String said = new String(out.readNBytes(4096), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new VideoException("ffmpeg (" + program + ") does not answer: " + HOW_TO_GET);
        }
        return new Ffmpeg(program, version(program, said.lines().findFirst().orElse("")), environment);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new VideoException("ffmpeg (" + program + ") cannot be started (" + e.getMessage() + "): " + HOW_TO_GET, e);
    }
  }

  private static String version(Path program, String line) throws VideoException {
    Matcher version = VERSION.matcher(line);
    if (!version.matches()) {
      throw new VideoException("ffmpeg (" + program + ") does not run (" + line + "): " + HOW_TO_GET);
    }
    if (version.group(2) != null) {
      int major = Integer.parseInt(version.group(2));
      int minor = Integer.parseInt(version.group(3));
      if (major < LEAST_MAJOR || (major == LEAST_MAJOR && minor < LEAST_MINOR)) {
        throw new VideoException("ffmpeg (" + program + ") is " + version.group(1) + ", and " + LEAST_MAJOR + "."
            + LEAST_MINOR + " or newer is needed: " + HOW_TO_GET);
      }
    }
    return version.group(1);
  }
}
