package dev.porchlight.it;

import dev.porchlight.Waits;
import dev.porchlight.WireSchemas;
import dev.porchlight.WireSchemas.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of server-sent events. Each event is held against {@code docs/asyncapi.yaml} as it is read. */
final class SseClient implements AutoCloseable {
  private static final WireSchemas SCHEMAS = WireSchemas.load();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String path;
  private final HttpResponse<java.io.InputStream> response;
  private final BufferedReader lines;

  private SseClient(URI uri, String... headers) {
    this.path = uri.getPath();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Waits.LIMIT);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    this.response = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream()).join();
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** Asks for a stream; headers in pairs. */
  static SseClient open(int port, String path, String... headers) {
    return new SseClient(URI.create("http://127.0.0.1:" + port + path), headers);
  }

  HttpResponse<?> response() {
    return response;
  }

  /** The next event, waiting for it; null at the end of the stream. */
  @Nullable
  Event nextOrEnd() {
    return CompletableFuture.supplyAsync(this::read, task -> Thread.ofVirtual().start(task))
        .orTimeout(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** The next event, waiting for it. */
  Event next() {
    Event event = nextOrEnd();
    if (event == null) {
      throw new AssertionError("the stream has ended");
    }
    return event;
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private @Nullable Event read() {
    var text = new StringBuilder();
    String id = null;
    String type = "";
    String data = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          SCHEMAS.check(path, Dialect.SSE, text.toString());
          return new Event(id, type, Client.JSON.readTree(data));
        }
        text.append(line).append('\n');
        String value = line.substring(line.indexOf(": ") + 2);
        switch (line.substring(0, line.indexOf(':'))) {
          case "id" -> id = value;
          case "event" -> type = value;
          case "data" -> data = value;
          default -> throw new AssertionError("unknown field: " + line);
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event; its id is null when it has none. */
  record Event(@Nullable String id, String type, JsonNode data) {
    /** The number in its id. */
    long seq() {
      if (id == null) {
        throw new AssertionError("no id: " + this);
      }
      return Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
    }
  }
}
