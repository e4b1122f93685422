package dev.porchlight.video;

import dev.porchlight.domain.CameraSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What ffmpeg is told. A stream's address goes to its standard input, as a script of its concat demuxer with that one entry:
 * arguments can be read by everybody on the machine, and addresses hold passwords. The protocols it may speak are always
 * named, so that no camera leads it to a file or into the house's network by other means; a video file may only be of a
 * kind that is whole in itself, so that a playlist that calls itself a film opens nothing.
 *
 * @param script for its standard input; empty for none
 */
record FfmpegArguments(List<String> arguments, String script) {
  private static final String FILE_FORMATS = "mov,matroska,webm,avi,mpegts,flv,mpeg,asf";
  /** A camera that sends 10 a second sends them a little early or late. */
  private static final double JITTER = 0.9;
  private static final int LARGEST = 7680;

  FfmpegArguments {
    arguments = List.copyOf(arguments);
  }

  /**
   * Pictures of a stream, for as long as it goes on. Its own clock is not believed, and neither is its number of pictures a
   * second: pictures are chosen by when they come, so that a clock that leaps forward costs nothing and one that leaps back
   * a second. Only HLS, which comes by the handful, is read at the speed that it claims.
   *
   * @param timeLimit for which the camera may be silent before ffmpeg gives up by itself
   */
  static FfmpegArguments ofStream(CameraSource source, double fps, int maxWidth, Duration timeLimit) {
    return ofStream(source, timeLimit, List.of("-vf", String.format(Locale.ROOT,
        "select='isnan(prev_selected_t)+gte(t-prev_selected_t,%.4f)+gte(prev_selected_t-t,1)',%s", JITTER / fps,
        pixels(maxWidth)), "-fps_mode", "passthrough", "-f", "yuv4mpegpipe", "pipe:1"));
  }

  /** The first picture of a stream. */
  static FfmpegArguments ofOnePicture(CameraSource source, int maxWidth, Duration timeLimit) {
    return ofStream(source, timeLimit,
        List.of("-vf", pixels(maxWidth), "-frames:v", "1", "-f", "yuv4mpegpipe", "pipe:1"));
  }

  /**
   * Pictures of a video file: for each point of the grid of {@code fps} from {@code from} on, the picture that is shown
   * then.
   *
   * @param from a point of the grid
   */
  static FfmpegArguments ofFile(Path file, double fps, Duration from, int maxWidth) {
    var arguments = new ArrayList<>(input());
    if (!from.isZero()) {
      arguments.addAll(List.of("-ss", String.format(Locale.ROOT, "%.6f", from.toNanos() / 1e9)));
    }
    arguments.addAll(file(file));
    arguments.addAll(List.of("-vf", String.format(Locale.ROOT, "fps=%.6f:round=up:start_time=0,%s", fps,
        pixels(maxWidth)), "-f", "yuv4mpegpipe", "pipe:1"));
    return new FfmpegArguments(arguments, "");
  }

  /** The first picture of a video file; on the way ffmpeg says what the file is. */
  static FfmpegArguments ofFirstPicture(Path file) {
    var arguments = new ArrayList<>(input());
    arguments.addAll(file(file));
    arguments.addAll(List.of("-vf", pixels(LARGEST), "-frames:v", "1", "-f", "yuv4mpegpipe", "pipe:1"));
    return new FfmpegArguments(arguments, "");
  }

  /** Goes through a video file without decoding it, and says at the end how long it is. */
  static FfmpegArguments ofLength(Path file) {
    var arguments = new ArrayList<>(input());
    arguments.addAll(file(file));
    arguments.addAll(List.of("-c", "copy", "-f", "null", "-"));
    return new FfmpegArguments(arguments, "");
  }

  private static FfmpegArguments ofStream(CameraSource source, Duration timeLimit, List<String> output) {
    boolean isHls = source instanceof CameraSource.Http && source.secret().contains(".m3u8");
    String protocols = switch (source) {
      case CameraSource.Rtsp _ -> "rtsp,rtsps,tcp,tls";
      case CameraSource.Rtmp _ -> "rtmp,rtmps,tcp,tls";
      case CameraSource.Http _ -> "http,https,httpproxy,tcp,tls,crypto,data";
    };
    var arguments = new ArrayList<>(input());
    if (isHls) {
      arguments.add("-re");
    }
    arguments.addAll(List.of("-protocol_whitelist", "pipe," + protocols, "-f", "concat", "-safe", "0", "-i", "pipe:0",
        "-map", "0:v:0"));
    arguments.addAll(output);
    return new FfmpegArguments(arguments, script(source, protocols, timeLimit, !isHls));
  }

  private static String script(CameraSource source, String protocols, Duration timeLimit, boolean byArrival) {
    var script = new StringBuilder("ffconcat version 1.0\n");
    script.append("file ").append(quoted(source.secret())).append('\n');
    option(script, "protocol_whitelist", quoted(protocols));
    String micros = Long.toString(timeLimit.toNanos() / 1_000);
    switch (source) {
      case CameraSource.Rtsp _ -> {
        option(script, "rtsp_transport", "tcp");
        option(script, "allowed_media_types", "video");
        option(script, "timeout", micros);
      }
      case CameraSource.Rtmp _,CameraSource.Http _ -> option(script, "rw_timeout", micros);
    }
    if (byArrival) {
      option(script, "use_wallclock_as_timestamps", "1");
    }
    return script.toString();
  }

  private static void option(StringBuilder script, String name, String value) {
    script.append("option ").append(name).append(' ').append(value).append('\n');
  }

  /** Within quotes nothing has a meaning but the quote itself. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }

  /** One thread each: many cameras share few processors, and threads of a decoder hold pictures back. */
  private static List<String> input() {
    return List.of("-threads", "1", "-filter_threads", "1", "-an", "-sn", "-dn");
  }

  private static List<String> file(Path file) {
    // "file:", or a name with a colon in it would name a protocol.
    return List.of("-protocol_whitelist", "file,pipe", "-format_whitelist", FILE_FORMATS, "-i",
        "file:" + file.toAbsolutePath(), "-map", "0:v:0");
  }

  /** The samples that a JPEG holds: full range, with the coefficients of BT.601. Both sides are even. */
  private static String pixels(int maxWidth) {
    return "scale=w='trunc(min(iw," + maxWidth
        + ")/2)*2':h=-2:out_color_matrix=bt601:out_range=full,format=yuv420p";
  }
}
