package dev.porchlight.video;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out how long a video file is, and that there is a picture in it at all. */
final class ClipLength {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern TOLD = Pattern.compile("\\[info]\\s+Duration: (\\d+):(\\d\\d):(\\d\\d\\.\\d+),.*");
  private static final Pattern MEASURED = Pattern.compile(".*\\btime=(\\d+):(\\d\\d):(\\d\\d\\.\\d+) .*");

  private ClipLength() {}

  /**
   * The length of a file; more than nothing.
   *
   * @throws VideoException when no picture in it can be decoded, or it has no length
   */
  static Duration of(Ffmpeg ffmpeg, String name, Path file) throws VideoException, InterruptedException {
    Duration told = told(ffmpeg, name, file);
    Duration length = told == null ? measured(ffmpeg, name, file) : told;
    if (length.toMillis() < 1) {
      throw new VideoException("it is a video of no length");
    }
    return length;
  }

  private static @Nullable Duration told(Ffmpeg ffmpeg, String name, Path file)
      throws VideoException, InterruptedException {
    try (var process = start(ffmpeg, name, FfmpegArguments.ofFirstPicture(file))) {
      try {
        if (new Y4mReader(process.output()).next() == null) {
          throw new VideoException(process.failure("no picture in it can be decoded"));
        }
      } catch (VideoException e) {
        throw e;
      } catch (IOException e) {
        throw new VideoException(process.failure("no picture in it can be decoded"), e);
      }
      return find(TOLD, process.saidToTheEnd());
    }
  }

  private static Duration measured(Ffmpeg ffmpeg, String name, Path file) throws VideoException, InterruptedException {
    try (var process = start(ffmpeg, name, FfmpegArguments.ofLength(file))) {
      Duration measured = find(MEASURED, process.saidToTheEnd());
      return measured == null ? Duration.ZERO : measured;
    }
  }

  private static FfmpegProcess start(Ffmpeg ffmpeg, String name, FfmpegArguments arguments) throws VideoException {
    var process = FfmpegProcess.start(ffmpeg, name, arguments.arguments(), null, Secrets.NONE);
    CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).execute(process::kill);
    return process;
  }

  private static @Nullable Duration find(Pattern pattern, List<String> lines) {
    for (String line : lines.reversed()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches()) {
        return Duration.ofHours(Long.parseLong(matcher.group(1)))
            .plusMinutes(Long.parseLong(matcher.group(2)))
            .plusMillis(Math.round(Double.parseDouble(matcher.group(3)) * 1000));
      }
    }
    return null;
  }
}
