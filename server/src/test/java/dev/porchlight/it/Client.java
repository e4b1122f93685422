package dev.porchlight.it;

import dev.porchlight.WireSchemas;
import dev.porchlight.WireSchemas.Dialect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of a channel: the WebSocket of the JDK over a real socket, with what it has received. Each message is held
 * against {@code docs/asyncapi.yaml}; one that is not as promised there fails the next call that asks for something, and
 * {@link #close}.
 */
public final class Client implements AutoCloseable {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final WireSchemas SCHEMAS = WireSchemas.load();

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final AtomicReference<@Nullable Throwable> violation = new AtomicReference<>();
  private final String path;
  private final Dialect dialect;
  private final WebSocket socket;

  private Client(URI uri, List<String> subprotocols) {
    this.path = uri.getPath();
    this.dialect = subprotocols.contains("porchlight.v1") ? Dialect.V1 : Dialect.ofWebSocket(uri.toString());
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (!subprotocols.isEmpty()) {
      builder.subprotocols(subprotocols.getFirst(),
          subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
    }
    this.socket = builder.buildAsync(uri, new Listener()).join();
  }

  /** Opens a connection, offering these subprotocols; when this returns the client has its 101. */
  public static Client open(int port, String path, String... subprotocols) {
    return new Client(URI.create("ws://127.0.0.1:" + port + path), List.of(subprotocols));
  }

  /** The subprotocol that the server selected; empty when none. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /** The next message as text, waiting for it. */
  public String nextText() {
    try {
      String text = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      requireNoViolation();
      if (text == null) {
        throw new AssertionError("no message within " + PATIENCE);
      }
      return text;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message, waiting for it. */
  public JsonNode next() {
    return JSON.readTree(nextText());
  }

  /** The data of the next message of this type; others are skipped. */
  public JsonNode next(String type) {
    JsonNode message = next();
    while (!message.get("type").stringValue().equals(type)) {
      message = next();
    }
    return message.get("data");
  }

  /** What has come and has not been asked for. */
  public List<String> rest() {
    requireNoViolation();
    var rest = new ArrayList<String>();
    received.drainTo(rest);
    return rest;
  }

  /** The code that the server closed with, waiting for it. */
  public int closeCode() {
    return closeCode.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Sends a text. */
  public void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Breaks the connection without a word. */
  public void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket).join();
    }
    closeCode.completeOnTimeout(-1, 5, TimeUnit.SECONDS).join();
    http.close();
    requireNoViolation();
  }

  /** When a field of a message says that something was. */
  public static Instant time(JsonNode data, String field) {
    return Instant.parse(data.get(field).stringValue());
  }

  private void requireNoViolation() {
    Throwable found = violation.get();
    if (found != null) {
      throw new AssertionError(found.getMessage(), found);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String message = partial.toString();
        check(message);
        received.add(message);
        partial.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
      closeCode.complete(statusCode);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closeCode.complete(1006);
    }

    /** Keeps the first violation; an exception in the listener would end the connection without a word of why. */
    private void check(String message) {
      try {
        SCHEMAS.check(path, dialect, message);
      } catch (AssertionError | RuntimeException e) {
        violation.compareAndSet(null, e);
      }
    }
  }
}
