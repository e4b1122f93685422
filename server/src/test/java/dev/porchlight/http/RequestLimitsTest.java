package dev.porchlight.http;

import dev.porchlight.Waits;
import dev.porchlight.it.RawSocket;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How many requests of each kind, bodies and files there may be at once, each tested by one more. */
class RequestLimitsTest {
  private final Semaphore entered = new Semaphore(0);
  private final CountDownLatch leave = new CountDownLatch(1);
  private final List<RawSocket> sockets = new ArrayList<>();

  @TempDir
  private Path folder;

  @AfterEach
  void closeAll() {
    sockets.forEach(RawSocket::close);
  }

  @ParameterizedTest
  @EnumSource(Load.class)
  void ofEachKindOneTooManyIsToldToComeAgainAndTheOthersGoOn(Load load) throws Exception {
    try (var server = RestServer.start(routesOfEachKind())) {
      fill(server, load);

      assertBusy(server.headOf(quick(load)));
      for (Load other : Load.values()) {
        if (other != load) {
          assertThat(server.headOf(quick(other))).as("%s", other).startsWith("HTTP/1.1 204 ");
        }
      }

      leave.countDown();
      for (RawSocket socket : sockets) {
        assertThat(socket.readHead()).startsWith("HTTP/1.1 204 ");
      }
      await().until(() -> server.headOf(quick(load)).startsWith("HTTP/1.1 204 "));
    }
  }

  /** Seen to fail when nobody hears that the client has left. */
  @Test
  void aClientThatLeavesFreesItsPlace() throws Exception {
    try (var server = RestServer.start(routesOfEachKind())) {
      fill(server, Load.ANALYSIS);
      assertBusy(server.headOf(quick(Load.ANALYSIS)));

      sockets.removeLast().close();

      await().until(() -> server.headOf(quick(Load.ANALYSIS)).startsWith("HTTP/1.1 204 "));
      leave.countDown();
    }
  }

  @Test
  void oneUploadTooManyIsToldToComeAgainAndChangesGoOn() throws Exception {
    var routes = new Routes().upload("/upload", folder, 1_000, new Nothing())
        .post("/change", (_, _) -> Response.empty());
    try (var server = RestServer.start(routes)) {
      String upload = body("/upload", "image/jpeg");
      begin(server, upload, RestHandler.MOST_UPLOADS);

      try (RawSocket more = server.ask(upload)) {
        assertBusy(more.readUntil("\r\n\r\n").replace("HTTP/1.1 100 Continue\r\n\r\n", "") + more.readHead());
      }
      try (RawSocket change = server.ask(body("/change", "application/json") + "{}")) {
        assertThat(change.readUntil("\r\n\r\n")).contains("100 Continue");
        assertThat(change.readHead()).startsWith("HTTP/1.1 204 ");
      }

      sockets.removeLast().close();
      await().until(() -> isTaken(server, upload));
    }
  }

  @Test
  void oneBodyOfJsonTooManyIsToldToComeAgain() throws Exception {
    try (var server = RestServer.start(new Routes().post("/change", (_, _) -> Response.empty()))) {
      String change = body("/change", "application/json");
      begin(server, change, RestHandler.MOST_JSON_BODIES);

      try (RawSocket more = server.ask(change)) {
        assertBusy(more.readUntil("\r\n\r\n").replace("HTTP/1.1 100 Continue\r\n\r\n", "") + more.readHead());
      }

      sockets.removeLast().close();
      await().until(() -> isTaken(server, change));
    }
  }

  @Test
  void oneFileTooManyIsToldToComeAgain() throws Exception {
    Path file = folder.resolve("large");
    long size = 64L << 20;
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(size);
    }
    var routes = new Routes().get("/file", Load.PICTURE, _ -> new Response(200, "video/mp4",
        new Body.Part(FileChannel.open(file, StandardOpenOption.READ), 0, size, null), Map.of()));
    try (var server = RestServer.start(routes)) {
      for (int i = 0; i < FileTransfers.MOST; i++) {
        RawSocket socket = RawSocket.connect(server.port(), 4_096);
        sockets.add(socket);
        socket.send(RestServer.get("/file"));
        assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ");
      }

      assertBusy(server.headOf("/file"));

      sockets.removeLast().reset();
      await().until(() -> server.headOf("/file").startsWith("HTTP/1.1 200 "));
    }
  }

  private Routes routesOfEachKind() {
    var routes = new Routes();
    for (Load load : Load.values()) {
      routes.get(quick(load), load, _ -> Response.empty());
      routes.get("/slow/" + load, load, request -> request.whileClientWaits(() -> {
        entered.release();
        assertThat(leave.await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Response.empty();
      }));
    }
    return routes;
  }

  private static String quick(Load load) {
    return "/quick/" + load;
  }

  private void fill(RestServer server, Load load) throws InterruptedException {
    for (int i = 0; i < load.places(); i++) {
      sockets.add(server.ask(RestServer.get("/slow/" + load)));
    }
    assertThat(entered.tryAcquire(load.places(), Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  /** Begins requests whose body does not come; each is known to have begun by the server's {@code 100 Continue}. */
  private void begin(RestServer server, String request, int count) {
    for (int i = 0; i < count; i++) {
      RawSocket socket = server.ask(request);
      sockets.add(socket);
      assertThat(socket.readHead()).startsWith("HTTP/1.1 100 ");
    }
  }

  private static String body(String path, String type) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
        + "\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n";
  }

  private static boolean isTaken(RestServer server, String request) {
    try (RawSocket socket = server.ask(request + "{}")) {
      String head = socket.readHead();
      return (head.startsWith("HTTP/1.1 100 ") ? socket.readHead() : head).startsWith("HTTP/1.1 204 ");
    }
  }

  private static void assertBusy(String head) {
    assertThat(head).startsWith("HTTP/1.1 503 ");
    assertThat(head.toLowerCase(Locale.ROOT)).contains("retry-after: 1\r\n");
  }

  /** Takes what comes. */
  private static final class Nothing implements UploadEndpoint {
    @Override
    public Response answer(Request request, Path body) throws IOException {
      Files.delete(body);
      return Response.empty();
    }

    @Override
    public Optional<Problem> unwritten(IOException failure) {
      return Optional.empty();
    }
  }
}
