package dev.porchlight.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A detector behind HTTP that sees a dog in every picture, and says so once it is let. */
final class BlockedDetector implements AutoCloseable {
  private static final byte[] ONE_DOG = "{\"detections\":[{\"class\":\"dog\",\"confidence\":0.9,\"bbox\":[1,2,3,4]}]}"
      .getBytes(UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** One that answers nothing before {@code released}. */
  BlockedDetector(CountDownLatch released) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        released.await();
        exchange.sendResponseHeaders(200, ONE_DOG.length);
        exchange.getResponseBody().write(ONE_DOG);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    });
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
