package dev.porchlight.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /ws/system} of a {@link FanoutServer}, and the publisher of its messages. Confined to one thread. */
final class SystemProbe implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Messages messages = new Messages();
  private final WebSocket client;
  private final WebSocket publisher;
  private long number;

  private SystemProbe(int port) {
    client = open(port, "/ws/system", messages);
    publisher = open(port, "/pub/system", new WebSocket.Listener() {});
  }

  /** Connects to a server on this machine. */
  static SystemProbe connect(int port) {
    return new SystemProbe(port);
  }

  /**
   * Broadcasts one message and waits for it.
   *
   * @throws BenchException when it does not come, or another does
   */
  Duration measure() throws InterruptedException {
    long sent = System.nanoTime();
    publisher.sendText(String.valueOf(++number), true).join();
    Arrival arrival = messages.received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (arrival == null) {
      throw new BenchException("a message of /ws/system did not come within " + PATIENCE.toSeconds() + " s");
    }
    long got = JSON.readTree(arrival.text).path("data").path("memory_used").asLong(-1);
    if (got != number) {
      throw new BenchException("/ws/system sent message " + got + " instead of " + number);
    }
    return Duration.ofNanos(arrival.nanoTime - sent);
  }

  @Override
  public void close() {
    client.abort();
    publisher.abort();
    http.shutdownNow();
    http.close();
  }

  private WebSocket open(int port, String path, WebSocket.Listener listener) {
    return http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + path), listener).join();
  }

  /** A message, and when it came. */
  private record Arrival(String text, long nanoTime) {}

  private static final class Messages implements WebSocket.Listener {
    private final BlockingQueue<Arrival> received = new LinkedBlockingQueue<>();
    private final StringBuilder begun = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      begun.append(part);
      if (last) {
        received.add(new Arrival(begun.toString(), System.nanoTime()));
        begun.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
