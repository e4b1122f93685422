package dev.porchlight.detection;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A real HTTP server that answers each picture with the next line of its script, the last one again and again. */
final class StubDetector implements AutoCloseable {
  final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Answer> script = new ConcurrentLinkedDeque<>();

  StubDetector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Answers with a body and status 200. */
  StubDetector says(String body) {
    return answers(200, body.getBytes(UTF_8));
  }

  StubDetector answers(int status, byte[] body) {
    return then(exchange -> {
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    });
  }

  StubDetector then(Answer answer) {
    script.add(answer);
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      posted.add(new Posted(exchange.getRequestURI().toString(),
          String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
          exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestBody().readAllBytes()));
      Answer answer = script.size() > 1 ? script.remove() : script.element();
      answer.give(exchange);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What came. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or changes it.
  record Posted(String path, String contentType, @Nullable String authorization, byte[] body) {
    String text() {
      return new String(body, ISO_8859_1);
    }
  }

  /** One line of the script. */
  interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }
}
