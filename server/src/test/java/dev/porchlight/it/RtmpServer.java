package dev.porchlight.it;

import dev.porchlight.video.TestFfmpeg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

import static org.awaitility.Awaitility.await;

/**
 * A real RTMP server, nginx's module, and ffmpeg that sends it {@code vtest.avi} as H.264, over and over; a test is skipped
 * where there is none.
 */
final class RtmpServer implements AutoCloseable {
  private static final String HOW_TO_GET = "apt-get install nginx-light libnginx-mod-rtmp";
  private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_rtmp_module.so");

  private final Process server;
  private final TestFfmpeg.Sender sender;
  private final int port;

  private RtmpServer(Process server, TestFfmpeg.Sender sender, int port) {
    this.server = server;
    this.sender = sender;
    this.port = port;
  }

  /**
   * Starts both.
   *
   * @param folder for the film and all that nginx writes
   */
  static RtmpServer start(Path folder) throws IOException, InterruptedException {
    Path nginx = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> Assumptions.abort("Skipped: no nginx: " + HOW_TO_GET));
    Assumptions.assumeTrue(Files.exists(MODULE), "Skipped: no RTMP module of nginx: " + HOW_TO_GET);
    Path film = Street.film(folder);
    int port = freePort();
    Path config = Files.writeString(folder.resolve("nginx.conf"),
        """
        load_module %s;
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr error;
        events {}
        rtmp {
          access_log off;
          server { listen 127.0.0.1:%d; application live { live on; } }
        }
        """.formatted(MODULE, port));
    Process server = new ProcessBuilder(nginx.toString(), "-p", folder.toString(), "-c", config.toString(), "-e",
        "stderr").inheritIO().start();
    try {
      await().until(() -> listens(port));
      return new RtmpServer(server, TestFfmpeg.start("-re", "-stream_loop", "-1", "-i", film.toString(), "-c", "copy",
          "-f", "flv", address(port)), port);
    } catch (InterruptedException | RuntimeException e) {
      server.destroyForcibly();
      throw e;
    }
  }

  String address() {
    return address(port);
  }

  private static String address(int port) {
    return "rtmp://127.0.0.1:" + port + "/live/street";
  }

  private static boolean listens(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    sender.close();
    server.destroyForcibly();
  }
}
