package dev.porchlight.video;

import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.SourceCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tries an address: says what it shows, or why it shows nothing. Thread-safe. */
public final class SourceProbe {
  static final Duration LIMIT = Duration.ofSeconds(15);

  /** {@code Stream #0:0: Video: h264 (High), yuv420p(progressive), 768x576, 10 fps, 10 tbr, 90k tbn}. */
  private static final Pattern VIDEO = Pattern
      .compile(".*Stream #\\d+:\\d+.*: Video: (?<codec>\\w+).*?, (?<width>\\d+)x(?<height>\\d+)(?<rest>.*)");
  private static final Pattern FPS = Pattern.compile(".*[ ,](?<fps>\\d+(?:\\.\\d+)?) fps.*");
  /** What ffmpeg assumes of a camera that sends one picture after the other without a word about time. */
  private static final int ASSUMED_FPS = 25;

  private final VideoTools video;
  private final LongSupplier nanoTime;
  private final Duration limit;

  /** Tries for fifteen seconds at most. */
  public SourceProbe(VideoTools video, LongSupplier nanoTime) {
    this(video, nanoTime, LIMIT);
  }

  SourceProbe(VideoTools video, LongSupplier nanoTime, Duration limit) {
    this.video = video;
    this.nanoTime = nanoTime;
    this.limit = limit;
  }

  /** Tries it, now, on this thread. */
  public SourceCheck check(CameraSource source) throws InterruptedException {
    long began = nanoTime.getAsLong();
    try {
      return check(source, began);
    } catch (VideoException e) {
      return new SourceCheck.Failed(String.valueOf(e.getMessage()), since(began));
    }
  }

  private SourceCheck check(CameraSource source, long began) throws VideoException, InterruptedException {
    var arguments = FfmpegArguments.ofOnePicture(source, video.config().maxWidth(), limit);
    var isLate = new AtomicBoolean();
    try (var process = FfmpegProcess.start(video.ffmpeg().get(), "probe", arguments.arguments(), arguments.script(),
        Secrets.of(source))) {
      CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
        isLate.set(true);
        process.kill();
      });
      YuvFrame frame = first(process, isLate);
      Duration took = since(began);
      return saw(process.saidToTheEnd(), frame, took);
    }
  }

  private YuvFrame first(FfmpegProcess process, AtomicBoolean isLate) throws VideoException, InterruptedException {
    YuvFrame frame = null;
    try {
      frame = new Y4mReader(process.output()).next();
    } catch (VideoException e) {
      throw e;
    } catch (IOException _) {
      // It ended within a picture; why, it has said.
    }
    if (frame != null) {
      return frame;
    }
    throw new VideoException(isLate.get()
        ? "no picture within " + limit.toSeconds() + " s"
        : process.failure("it shows no picture"));
  }

  private static SourceCheck saw(List<String> said, YuvFrame frame, Duration took) {
    for (String line : said) {
      Matcher video = VIDEO.matcher(line);
      if (video.matches()) {
        return new SourceCheck.Saw(Integer.parseInt(video.group("width")), Integer.parseInt(video.group("height")),
            video.group("codec"), fps(video.group("codec"), video.group("rest")), took);
      }
    }
    return new SourceCheck.Saw(frame.width(), frame.height(), "video", null, took);
  }

  private static @Nullable Double fps(String codec, String rest) {
    Matcher matcher = FPS.matcher(rest);
    if (!matcher.matches()) {
      return null;
    }
    double fps = Double.parseDouble(matcher.group("fps"));
    return codec.equals("mjpeg") && fps == ASSUMED_FPS ? null : fps;
  }

  private Duration since(long began) {
    return Duration.ofNanos(nanoTime.getAsLong() - began);
  }
}
