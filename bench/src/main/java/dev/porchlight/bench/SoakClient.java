package dev.porchlight.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /ws/events} by {@code porchlight.v1}: counts what comes, and what is missing in between. Thread-safe. */
final class SoakClient implements AutoCloseable, WebSocket.Listener {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http;
  private final WebSocket socket;
  private final StringBuilder partial = new StringBuilder();
  private final Map<String, Integer> detections = new TreeMap<>();
  private int events;
  private long gaps;
  private long last = -1;
  private @Nullable String ended;

  private SoakClient(HttpClient http, int port) {
    this.http = http;
    this.socket = http.newWebSocketBuilder()
        .subprotocols("porchlight.v1")
        .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/events"), this)
        .join();
  }

  /** Connects to a server on this machine. */
  static SoakClient connect(HttpClient http, int port) {
    return new SoakClient(http, port);
  }

  @Override
  public synchronized CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
    partial.append(data);
    if (isLast) {
      count(JSON.readTree(partial.toString()));
      partial.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    ended = "closed with " + statusCode;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized void onError(WebSocket webSocket, Throwable error) {
    ended = error.toString();
  }

  /** Detections that came, by camera. */
  synchronized Map<String, Integer> detections() {
    return new TreeMap<>(detections);
  }

  synchronized int events() {
    return events;
  }

  /** Numbers that were left out. */
  synchronized long gaps() {
    return gaps;
  }

  /** Why the connection has ended; null while it has not. */
  synchronized @Nullable String ended() {
    return ended;
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }

  private void count(JsonNode message) {
    JsonNode seq = message.get("seq");
    if (seq != null) {
      gaps += last < 0 ? 0 : seq.longValue() - last - 1;
      last = seq.longValue();
    }
    switch (message.get("type").stringValue()) {
      case "detection" -> detections.merge(message.get("data").get("camera_id").stringValue(), 1, Integer::sum);
      case "new_event" -> events++;
      default -> {
        // A greeting or a heartbeat.
      }
    }
  }
}
