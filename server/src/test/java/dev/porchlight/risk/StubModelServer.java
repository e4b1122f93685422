package dev.porchlight.risk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A real HTTP server in the place of a language model's, which answers with the next line of its script, the last one again. */
public final class StubModelServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Reply> script = new ConcurrentLinkedDeque<>();

  public StubModelServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Says this as the model's own words. */
  public StubModelServer says(String words) {
    return says(words, "stop");
  }

  StubModelServer says(String words, String finish) {
    return answers(200, completion(words, finish));
  }

  StubModelServer answers(int status, String body) {
    return then(exchange -> send(exchange, status, body));
  }

  /** Does what is said next. */
  public StubModelServer then(Reply reply) {
    script.add(reply);
    return this;
  }

  /** From here on, whatever was to come. */
  public StubModelServer instead() {
    script.clear();
    return this;
  }

  /** A verdict that nothing is wrong with. */
  public static String verdict(int score, String summary) {
    return "{\"risk_score\": " + score + ", \"summary\": \"" + summary
        + "\", \"reasoning\": \"The person was there and it is that time of the day.\"}";
  }

  public static String completion(String words, String finish) {
    var answer = JSON.createObjectNode();
    answer.putArray("choices")
        .addObject()
        .put("finish_reason", finish)
        .putObject("message")
        .put("role", "assistant")
        .put("content", words);
    answer.putObject("usage").put("prompt_tokens", 321).put("completion_tokens", 45);
    return answer.toString();
  }

  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What came, in order. */
  public List<Posted> posted() {
    return posted;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      posted.add(new Posted(exchange.getRequestURI().toString(), exchange.getRequestHeaders().getFirst("Authorization"),
          JSON.readTree(exchange.getRequestBody().readAllBytes())));
      Reply reply = script.size() > 1 ? script.remove() : script.element();
      reply.give(exchange);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A request. */
  public record Posted(String path, @Nullable String authorization, JsonNode body) {
    /** What was said in it by the user last. */
    public String asked() {
      JsonNode last = body.path("messages").path(body.path("messages").size() - 1).path("content");
      return last.isString() ? last.stringValue() : last.path(0).path("text").asString();
    }
  }

  /** One line of the script. */
  public interface Reply {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }
}
