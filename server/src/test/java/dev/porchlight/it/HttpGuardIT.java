package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a web page of somebody else cannot do, and what a request that makes no sense is told. */
class HttpGuardIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"GET, /api/events, localhost, '', 200", "GET, /api/events, rebound.example, '', 421",
    "GET, /, rebound.example, '', 421", "GET, /, 127.0.0.1:1, '', 200",
    "GET, /api/events, localhost, http://evil.example, 200",
    "POST, /api/cameras/front/frames, localhost, http://evil.example, 403",
    "DELETE, /api/events, localhost, http://evil.example, 403",
    "POST, /api/cameras/front/frames, localhost, http://localhost, 422",
    "DELETE, /api/events, localhost, '', 405", "GET, /api/nothing, localhost, '', 404",
    "GET, /nothing.html, localhost, '', 404", "GET, /../../etc/passwd, localhost, '', 404",
    "GET, /%2e%2e/%2e%2e/etc/passwd, localhost, '', 404", "GET, /api/events?limit=0, localhost, '', 400",
    "GET, /api/events?limit=201, localhost, '', 400", "GET, /api/events?limit=200, localhost, '', 200",
    "GET, /api/events?limit=many, localhost, '', 400", "GET, /api/events?cursor=here, localhost, '', 400",
    "GET, /api/events?nonsense=1, localhost, '', 400", "GET, /api/events/none, localhost, '', 400",
    "GET, /api/events/4711, localhost, '', 404", "GET, /ws/events, localhost, '', 426",
    "POST, /api/cameras/no.dots/frames, localhost, '', 400"})
  void aRequestIsAnsweredWithItsStatus(String method, String path, String host, String origin, int status) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n"
          + (origin.isEmpty() ? "" : "Origin: " + origin + "\r\n") + "Connection: close\r\n\r\n");

      String answer = socket.readHead();
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      if (status >= 400) {
        assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
      }
    }
  }

  @Test
  void theMethodsThatAPathAnswersToAreTold() {
    assertThat(ask("DELETE", "/api/events")).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: GET, HEAD");
    assertThat(ask("GET", "/api/cameras/front/frames")).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: POST");
    assertThat(ask("HEAD", "/api/events")).startsWith("HTTP/1.1 200 ");
    assertThat(ask("HEAD", "/")).startsWith("HTTP/1.1 200 ");
  }

  private static String ask(String method, String path) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String answer = socket.readHead();
      if (method.equals("HEAD")) {
        assertThat(socket.readToEnd()).isEmpty();
      }
      return answer;
    }
  }

  @Test
  void twoHostsAreNone() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n");

      assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void whatIsNoHttpIsToldSo() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("\u0001\u0002 nonsense\r\n\r\n");

      assertThat(socket.readHead()).matches("(?s)HTTP/1\\.[01] 400 .*");
    }
  }

  @Test
  void thePageAndItsPartsAreServed() {
    assertThat(server.get("/").body()).contains("<title>Porchlight</title>");
    assertThat(server.get("/app.js").headers().firstValue("content-type")).hasValueSatisfying(
        type -> assertThat(type).contains("javascript"));
    assertThat(server.get("/").headers().firstValue("x-content-type-options")).hasValue("nosniff");
    HttpResponse<byte[]> script = server.bytes("/app.js");
    assertThat(script.headers().firstValue("cache-control")).hasValue("no-cache");
    HttpResponse<byte[]> again = server.bytes("/app.js", "If-None-Match",
        script.headers().firstValue("etag").orElseThrow());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(ask("DELETE", "/app.js")).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: GET, HEAD");
    assertThat(ask("POST", "/nothing.html")).startsWith("HTTP/1.1 404 ");
  }

  /** Pages of other origins may not show our pictures; what they cannot read anyway is not meant. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/events", "/api/nothing", "/api/stream/events", "/metrics"})
  void nothingMayBeEmbeddedByOtherOrigins(String path) {
    assertThat(ask("HEAD", path)).containsIgnoringCase("cross-origin-resource-policy: same-origin");
  }

  @Test
  void whatIsCountedIsThereForPrometheus() {
    assertThat(server.get("/metrics").body()).contains("porchlight_channel_messages_total{channel=\"events\"}");
  }
}
