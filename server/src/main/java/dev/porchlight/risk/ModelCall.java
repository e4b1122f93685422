package dev.porchlight.risk;

import dev.porchlight.config.HttpAddress;
import dev.porchlight.risk.Model.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts JSON to the language model's server, once each. Thread-safe. */
final class ModelCall implements AutoCloseable {
  /** A verdict has some hundred bytes; who sends so many is out of control. */
  static final int MOST_BYTES = 1 << 20;
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);
  private static final int MOST_TOLD = 2_000;

  private final HttpAddress address;
  private final @Nullable String key;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("language-model-", 0).factory());
  private final HttpClient client;

  /** @param key sent as a bearer token; null for none */
  ModelCall(HttpAddress address, @Nullable String key) {
    this.address = address;
    this.key = key;
    // HTTP/1.1: several of these servers answer an upgrade to HTTP/2 with an error.
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(LONGEST_CONNECT)
        .executor(threads)
        .build();
  }

  /**
   * The body of the answer to {@code POST path}.
   *
   * @param within until the last byte of the answer, however slowly it drips
   * @throws ModelException when there is none
   */
  byte[] post(String path, byte[] json, Duration within) throws InterruptedException {
    var answer = client.sendAsync(request(path, json), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return body(answer.get(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new ModelException(Failure.TIMEOUT, "no answer within " + within.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(String path, byte[] json) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.target(path))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(BodyPublishers.ofByteArray(json));
    String authorization = key == null ? address.authorization() : "Bearer " + key;
    return (authorization == null ? request : request.header("Authorization", authorization)).build();
  }

  private static byte[] body(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 200) {
      return response.body();
    }
    String told = new String(response.body(), StandardCharsets.UTF_8);
    Failure kind = switch (status) {
      case 429, 503 -> Failure.BUSY;
      case 408 -> Failure.BROKEN;
      default -> status >= 500 ? Failure.BROKEN : Failure.REFUSED;
    };
    String cut = told.length() > MOST_TOLD ? told.substring(0, MOST_TOLD) : told;
    throw new ModelException(kind, "HTTP " + status, status, cut, retryAfter(response), null);
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    String text = response.headers().firstValue("Retry-After").orElse("");
    // A date is allowed too, and nobody here sends one.
    return text.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }

  private static ModelException failed(Throwable cause) {
    String message = cause.getMessage();
    String why = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    Failure kind = switch (cause) {
      case ConnectException _,HttpConnectTimeoutException _,UnresolvedAddressException _ -> Failure.UNREACHABLE;
      case IOException e when e.getCause() instanceof ConnectException -> Failure.UNREACHABLE;
      default -> Failure.BROKEN;
    };
    return new ModelException(kind, kind == Failure.UNREACHABLE ? "nobody answers there" : why, cause);
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.shutdownNow();
    try {
      boolean _ = client.awaitTermination(LONGEST_CLOSE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
