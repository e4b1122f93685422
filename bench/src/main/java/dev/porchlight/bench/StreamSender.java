package dev.porchlight.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A street with people as many RTSP streams, from a server of GStreamer's. The film is coded once, and as long as it is
 * needed, so that sending it costs next to nothing.
 */
final class StreamSender implements AutoCloseable {
  private static final Duration CODING_LIMIT = Duration.ofMinutes(3);
  private static final Duration LIFE_LIMIT = Duration.ofHours(25);
  private static final int FILM_SECONDS = 79;
  private static final String FILM = "examples/data/vtest.avi";

  private final ProcessGroup server;
  private final int port;

  private StreamSender(ProcessGroup server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param root    of the working copy
   * @param folder  where films and errors go
   * @param seconds that the film must last
   * @throws BenchException when film, ffmpeg or server is not there
   */
  static StreamSender start(Path root, Path folder, int seconds) throws IOException, InterruptedException {
    Path once = folder.resolve("street.mp4");
    if (!Files.exists(once)) {
      code(
          List.of("-i", film().toString(), "-c:v", "libx264", "-preset", "veryfast", "-g", "20", "-bf", "0", "-pix_fmt",
              "yuv420p", once.toString()),
          folder);
    }
    Path whole = folder.resolve("street-" + seconds + ".mp4");
    if (!Files.exists(whole)) {
      code(List.of("-stream_loop", String.valueOf(seconds / FILM_SECONDS + 1), "-i", once.toString(), "-c", "copy",
          whole.toString()), folder);
    }
    Path script = root.resolve("server/src/test/resources/rtsp/server.py");
    // Debian's own Python is the one that has the packages; another may come first on the PATH.
    String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    var server = ProcessGroup.startToRead(List.of(python, script.toString(), whole.toString()), LIFE_LIMIT,
        folder.resolve("rtsp.log"));
    BufferedReader out = server.process().inputReader(StandardCharsets.UTF_8);
    String said = out.readLine();
    if (said == null || !said.startsWith("port ")) {
      server.close();
      throw new BenchException(
          "there is no RTSP server (" + said + "): apt install gir1.2-gst-rtsp-server-1.0 python3-gi"
              + " gstreamer1.0-plugins-good gstreamer1.0-plugins-bad");
    }
    return new StreamSender(server, Integer.parseInt(said.substring("port ".length())));
  }

  private static void code(List<String> arguments, Path folder) throws IOException, InterruptedException {
    if (!Command.exists("ffmpeg")) {
      throw new BenchException("there is no ffmpeg (Debian: apt install ffmpeg)");
    }
    var command = Stream.concat(Stream.of("ffmpeg", "-nostdin", "-v", "error", "-y"), arguments.stream()).toList();
    String complaint = Command.complaintOf(command, folder, CODING_LIMIT);
    if (!complaint.isEmpty()) {
      throw new BenchException("the film cannot be coded: " + complaint);
    }
  }

  private static Path film() {
    String named = System.getenv("PORCHLIGHT_TEST_MEDIA");
    Path cache = Path.of(System.getProperty("user.home"), ".cache/porchlight/test-media/usr/share/doc/opencv-doc");
    return Stream.of(Path.of(named == null ? "/" : named), Path.of("/usr/share/doc/opencv-doc"), cache)
        .map(folder -> folder.resolve(FILM))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new BenchException("there is no " + FILM + " (Debian: apt install opencv-doc)"));
  }

  /** The address of one of the streams, from 1. */
  String address(int number) {
    return "rtsp://127.0.0.1:" + port + "/street-" + number;
  }

  @Override
  public void close() {
    server.close();
  }
}
