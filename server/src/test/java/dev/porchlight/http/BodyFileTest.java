package dev.porchlight.http;

import dev.porchlight.Waits;
import dev.porchlight.it.Form;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Bodies that the disk does not take: the kernel's {@code /dev/full} opens like any file and takes nothing. */
class BodyFileTest {
  private static final Path FULL = Path.of("/dev/full");

  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<Future<Void>> received = new CompletableFuture<>();

  @BeforeEach
  void needsThatFile() {
    assumeThat(Files.exists(FULL)).isTrue();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Seen to fail when the end of a body does not wait for its writes: small ones were then whole, and empty. */
  @ParameterizedTest
  @CsvSource({"1, false", "1, true", "20000, false", "20000, true", "3000000, false", "3000000, true"})
  void aBodyThatDoesNotFitIsAFailureHoweverLateThatIsKnown(int size, boolean isForm) throws Exception {
    int port = vertx.createHttpServer().requestHandler(request -> {
      request.pause();
      var body = BodyFile.receive(request, 10_000_000,
          () -> vertx.fileSystem().open(FULL.toString(), new OpenOptions().setWrite(true)));
      body.onComplete(_ -> {
        received.complete(body);
        request.response().putHeader("Connection", "close").end();
      });
    }).listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join().actualPort();
    byte[] picture = new byte[size];
    byte[] body = isForm ? new Form().file("picture", "a.jpg", "image/jpeg", picture).whole() : picture;

    try (var client = HttpClient.newHttpClient()) {
      var _ = client.sendAsync(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
          .header("Content-Type", isForm ? Form.TYPE : "image/jpeg")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body))
          .build(), BodyHandlers.discarding());

      Future<Void> outcome = received.get(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(outcome.failed()).isTrue();
      assertThat(outcome.cause()).isInstanceOf(IOException.class);
    }
  }
}
