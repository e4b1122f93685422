package dev.porchlight.app;

import com.sun.net.httpserver.HttpServer;
import dev.porchlight.http.HttpConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What the command says, beside a server that gives no verdict. */
class AnalyseCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void whereNothingListensNoServerAnswers() throws Exception {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThat(run(free)).isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("no server answers at http://127.0.0.1:" + free, "./porchlight run");
  }

  /** Seen to fail when every failure of a connection is told as no server. */
  @Test
  void aServerThatEndsTheConnectionWasThere() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> {
        try (var client = socket.accept()) {
          int _ = client.getInputStream().read();
        } catch (IOException _) {
          // The client notices.
        }
      });

      assertThat(run(socket.getLocalPort())).isEqualTo(1);

      assertThat(err.toString(UTF_8)).contains("ended the connection before it gave a verdict")
          .doesNotContain("no server answers");
      server.join();
    }
  }

  @Test
  void aProblemIsSaidAsItIs() throws Exception {
    assertThat(answeredWith(409, "{\"detail\":\"event 7 is being analysed just now\"}")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("porchlight: event 7 is being analysed just now\n");
  }

  @Test
  void whatIsNoPorchlightIsToldSo() throws Exception {
    assertThat(answeredWith(200, "<html>")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("is no Porchlight");
  }

  @Test
  void aVerdictIsPrinted() throws Exception {
    assertThat(answeredWith(200, "{\"event_id\":7,\"risk_level\":\"low\",\"risk_score\":5,\"analyst\":\"rules\","
        + "\"stored\":false,\"summary\":\"Nobody\",\"reasoning\":\"None\",\"analyses\":[]}")).isZero();
    assertThat(out.toString(UTF_8)).contains("event 7: low (5), by rules; a dry run");
  }

  private int answeredWith(int status, String body) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext("/api/events/7/analysis", exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, body.length());
      exchange.getResponseBody().write(body.getBytes(UTF_8));
      exchange.close();
    });
    server.start();
    try {
      return run(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private int run(int port) throws InterruptedException {
    return new AnalyseCommand(new HttpConfig("127.0.0.1", port, 1, 1, 6, "auto")).run(7, true,
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }
}
