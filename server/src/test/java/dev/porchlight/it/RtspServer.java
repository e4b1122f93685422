package dev.porchlight.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real RTSP server, GStreamer's, that sends {@code vtest.avi} as H.264; a test is skipped where there is none. */
final class RtspServer implements AutoCloseable {
  private static final String HOW_TO_GET = "apt-get install gir1.2-gst-rtsp-server-1.0 python3-gi"
      + " gstreamer1.0-plugins-good gstreamer1.0-plugins-bad";

  private final Process process;
  private final int port;

  private RtspServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param folder where to put the film in the coding of cameras
   * @param login  {@code user:password} that it asks for; null for none
   */
  static RtspServer start(Path folder, @Nullable String login) throws IOException {
    Path film = Street.film(folder);
    Path script = folder.resolve("server.py");
    try (var in = RtspServer.class.getResourceAsStream("/rtsp/server.py")) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    // Debian's own Python is the one that has the packages; another may come first on the PATH.
    String python = Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    var command = new ArrayList<>(List.of(python, script.toString(), film.toString()));
    if (login != null) {
      command.add(login);
    }
    Process process;
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      return Assumptions.abort("Skipped: no Python: " + HOW_TO_GET);
    }
    String said = firstLine(process);
    if (!said.startsWith("port ")) {
      process.destroyForcibly();
      return Assumptions.abort("Skipped: no RTSP server (" + said + "): " + HOW_TO_GET);
    }
    return new RtspServer(process, Integer.parseInt(said.substring("port ".length())));
  }

  private static String firstLine(Process process) throws IOException {
    // Not closed: whoever closed it would break the server's standard output.
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    return Objects.requireNonNullElse(out.readLine(), "it ended");
  }

  /** The address of the film; with {@code user:password@} before the host, or nothing. */
  String address(String login) {
    return "rtsp://" + login + "127.0.0.1:" + port + "/street";
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
