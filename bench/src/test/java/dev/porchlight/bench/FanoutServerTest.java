package dev.porchlight.bench;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FanoutServerTest {
  @Test
  void broadcastsTheTextOfAPublisherAsItIs() throws Exception {
    try (var client = HttpClient.newHttpClient(); var server = new FanoutServer(0, "auto")) {
      var first = new Messages();
      var second = new Messages();
      connect(client, server, "/ws/events", first);
      connect(client, server, "/ws/events", second);
      var back = new Messages();
      WebSocket publisher = connect(client, server, "/pub", back);

      publisher.sendBinary(ByteBuffer.wrap(new byte[]{1, 2}), true).join();
      publisher.sendText(" no \"JSON\" é\n", true).join();
      publisher.sendText("{}", true).join();

      for (Messages messages : new Messages[]{first, second}) {
        assertThat(messages.next()).isEqualTo(" no \"JSON\" é\n");
        assertThat(messages.next()).isEqualTo("{}");
      }
      assertThat(back.received).isEmpty();
    }
  }

  @Test
  void saysWhereItListensAndExitsWithZeroWhenItIsStopped() throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-cp",
        System.getProperty("java.class.path"), FanoutServer.class.getName(), "--port", "0").redirectErrorStream(true)
        .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).matches("listening on http://127\\.0\\.0\\.1:[1-9]\\d+ \\(\\w+\\)");

      process.toHandle().destroy();

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(lines.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  private static WebSocket connect(HttpClient client, FanoutServer server, String path, WebSocket.Listener listener) {
    return client.newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), listener)
        .join();
  }

  /** Keeps the text messages that come. */
  private static final class Messages implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder begun = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      begun.append(part);
      if (last) {
        received.add(begun.toString());
        begun.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Nullable
    String next() throws InterruptedException {
      return received.poll(1, TimeUnit.MINUTES);
    }
  }
}
