package dev.porchlight.detection;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts pictures to a detector elsewhere, once each, as a multipart form (RFC 7578) with one field, {@code file}. Thread-safe. */
final class RemoteCall implements AutoCloseable {
  /** Thousands of objects; more is an attack or a mistake, and would lie in memory. */
  private static final long MOST_BYTES = 1 << 20;
  private static final int OK = 200;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED = 415;
  private static final int UNPROCESSABLE = 422;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final RemoteConfig config;
  private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
      Thread.ofVirtual().name("remote-detector-", 0).factory());
  private final HttpClient client;
  private final String boundary = "porchlight-" + HexFormat.of().formatHex(new SecureRandom().generateSeed(12));

  RemoteCall(RemoteConfig config) {
    this.config = config;
    this.client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(config.timeout())
        .executor(threads)
        .build();
  }

  /**
   * The body of the answer.
   *
   * @throws RemoteException  when there is none in time, or it says that it failed
   * @throws PictureException when it says that it cannot take this picture, whenever it is asked
   */
  byte[] ask(PictureUpload upload) throws InterruptedException {
    // The request's own timeout ends with the headers; this one holds to the last byte, however slowly they drip.
    var answer = client.sendAsync(request(upload), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return body(answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new RemoteException("no answer within " + config.timeout().toMillis() + " ms", true, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new RemoteException(why(cause), cause instanceof IOException, cause);
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(PictureUpload upload) {
    byte[] before = ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + upload.fileName()
        + "\"\r\nContent-Type: " + upload.contentType() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] after = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    var request = HttpRequest.newBuilder(config.address().target())
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .header("Accept", "application/json")
        .POST(BodyPublishers.concat(BodyPublishers.ofByteArray(before), BodyPublishers.ofByteArray(upload.bytes()),
            BodyPublishers.ofByteArray(after)));
    String authorization = config.address().authorization();
    return (authorization == null ? request : request.header("Authorization", authorization)).build();
  }

  private static byte[] body(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    return switch (status) {
      case OK -> response.body();
      case TOO_LARGE, UNSUPPORTED, UNPROCESSABLE -> throw new PictureException(PictureException.Reason.UNSUPPORTED,
          "the detector does not take it: HTTP " + status);
      default -> throw new RemoteException("HTTP " + status, status >= 500 || status == 429 || status == 408, null);
    };
  }

  private static String why(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
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
