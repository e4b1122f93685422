package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.live.Examples;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.porchlight.live.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The channels as server-sent events. */
class EventStreamIT {
  private static final String EVENTS = "/api/stream/events";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start("gpu.interval=1h", "live.max-connections=3", "live.events.history-messages=20");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** A reset would take along what the client has not read yet. */
  @Test
  void aStreamIsEndedWithoutAResetWhenTheServerStops() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ");
      server.close();

      assertThat(socket.readUntil("\r\n0\r\n\r\n")).contains("event: hello");
      assertThat(socket.isEndedInOrder()).isTrue();
    }
  }

  @Test
  void aStreamBeginsWithHelloAndCarriesEachMessageWithItsNumber() {
    try (var stream = SseClient.open(server.port(), EVENTS)) {
      assertThat(stream.response().statusCode()).isEqualTo(200);
      HttpHeaders headers = stream.response().headers();
      assertThat(headers.firstValue("content-type")).hasValue("text/event-stream");
      assertThat(headers.firstValue("cache-control")).hasValue("no-store");
      assertThat(headers.firstValue("x-accel-buffering")).hasValue("no");
      assertThat(headers.firstValue("content-encoding")).isEmpty();
      SseClient.Event hello = stream.next();
      assertThat(hello.type()).isEqualTo("hello");
      String epoch = hello.data().get("epoch").stringValue();
      long seq = hello.data().get("seq").longValue();
      assertThat(hello.id()).isEqualTo(epoch + ":" + seq);

      assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(1);
      assertThat(server.events().broadcastDetection(Examples.DETECTION)).isEqualTo(1);

      SseClient.Event event = stream.next();
      assertThat(event.id()).isEqualTo(epoch + ":" + (seq + 1));
      assertThat(event.type()).isEqualTo("new_event");
      assertThat(event.data().get("summary").stringValue()).isEqualTo(Examples.NEW_EVENT.summary());
      assertThat(stream.next().id()).isEqualTo(epoch + ":" + (seq + 2));
    }
  }

  @Test
  void theStreamOfTheSystemBeginsWithTheGaugesWithoutAnId() {
    server.system().broadcastGpuStats(Examples.GPU_STATS);
    try (var stream = SseClient.open(server.port(), "/api/stream/system")) {
      assertThat(stream.next().type()).isEqualTo("hello");
      SseClient.Event gauge = stream.next();
      assertThat(gauge.type()).isEqualTo("gpu_stats");
      assertThat(gauge.id()).isNull();
      assertThat(gauge.data().get("snapshot").booleanValue()).isTrue();
      server.system().broadcastGpuStats(Examples.GPU_STATS);
      SseClient.Event live = stream.next();
      assertThat(live.id()).isNotNull();
      assertThat(live.data().has("snapshot")).isFalse();
    }
  }

  /** Seen to fail when {@code Last-Event-ID} is not read. */
  @Test
  void whoComesBackWithTheLastIdGetsWhatItMissedAndThenWhatIsNew() {
    String last;
    String epoch;
    try (var stream = SseClient.open(server.port(), EVENTS)) {
      epoch = stream.next().data().get("epoch").stringValue();
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      last = String.valueOf(stream.next().id());
    }
    server.awaitNobody();
    broadcast(30);
    // The header is of now, the address of when the page was loaded.
    try (var back = SseClient.open(server.port(), EVENTS + "?epoch=older&since=4711", "Last-Event-ID", last);
        var asked = SseClient.open(server.port(), EVENTS + "?epoch=" + epoch + "&since=1")) {
      for (SseClient client : new SseClient[]{back, asked}) {
        SseClient.Event hello = client.next();
        assertThat(hello.type()).isEqualTo("hello");
        assertThat(hello.id()).as("where the client is, not where the channel is").isEqualTo(epoch + ":1");
        assertThat(hello.data().get("seq").longValue()).isEqualTo(31);
        SseClient.Event resumed = client.next();
        assertThat(resumed.type()).isEqualTo("resumed");
        assertThat(resumed.id()).isNull();
        assertThat(resumed.data().get("recovered").booleanValue()).isTrue();
        for (long seq = 2; seq <= 31; seq++) {
          assertThat(client.next().seq()).isEqualTo(seq);
        }
      }
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(back.next().seq()).isEqualTo(32);
      assertThat(asked.next().seq()).isEqualTo(32);
    }
  }

  @Test
  void anIdOfAnotherEpochIsNotRecovered() {
    broadcast(2);
    try (var stream = SseClient.open(server.port(), EVENTS, "Last-Event-ID", "other:1")) {
      assertThat(stream.next().seq()).isEqualTo(2);
      SseClient.Event resumed = stream.next();
      assertThat(resumed.id()).isNull();
      assertThat(resumed.data().get("recovered").booleanValue()).isFalse();
      assertThat(resumed.data().get("first").longValue()).isEqualTo(1);
      assertThat(resumed.data().get("last").longValue()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"GET | localhost | Last-Event-ID: nonsense | 400 | application/problem+json",
    "GET | localhost | Last-Event-ID: e:-1 | 400 | Last-Event-ID",
    "GET | localhost | Last-Event-ID: :5 | 400 | problem+json",
    "POST | localhost | X: y | 405 | allow: GET, HEAD", "DELETE | localhost | X: y | 405 | allow: GET, HEAD",
    "GET | evil.example | X: y | 421 | problem+json", "HEAD | localhost | X: y | 200 | text/event-stream",
    "POST | localhost | Origin: http://evil.example | 403 | problem+json"})
  void whatIsNotAStreamIsAnsweredInHttp(String method, String host, String header, int status, String says) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send(method + " " + EVENTS + " HTTP/1.1\r\nHost: " + host + "\r\n" + header
          + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      String head = socket.readHead();
      String body = new String(socket.readToEnd(), StandardCharsets.UTF_8);
      assertThat(head).startsWith("HTTP/1.1 " + status + " ");
      assertThat(head + body).containsIgnoringCase(says);
      if (method.equals("HEAD")) {
        assertThat(body).isEmpty();
      }
    }
    assertThat(server.events().connections()).isEmpty();
  }

  @Test
  void placesAreSharedWithWebSocketsAndGivenBack() {
    try (var _ = server.connect("/ws/events"); var _ = server.connect("/ws/system")) {
      try (var stream = SseClient.open(server.port(), EVENTS)) {
        stream.next();
        try (var fourth = SseClient.open(server.port(), EVENTS); var fifth = RawSocket.connect(server.port())) {
          assertThat(fourth.response().statusCode()).isEqualTo(503);
          assertThat(fourth.response().headers().firstValue("retry-after")).isPresent();
          fifth.sendHandshake("/ws/events");
          assertThat(fifth.readHead()).startsWith("HTTP/1.1 503 ");
        }
      }
      await().until(() -> server.events().connections().size() == 1);
      try (var again = SseClient.open(server.port(), EVENTS)) {
        assertThat(again.next().type()).isEqualTo("hello");
        assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(2);
      }
    }
  }

  @Test
  void aStreamThatIsNotReadIsEndedWithItsConnectionAndCounted() {
    NewEvent event = new NewEvent(1, "cam-123", 75, RiskLevel.HIGH, "Person", "x".repeat(20_000), NOON, NOON);
    try (var stalled = RawSocket.connect(server.port()); var reading = server.connect("/ws/events")) {
      stalled.send("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(stalled.readHead()).startsWith("HTTP/1.1 200 ");
      int sent = 0;
      while (server.events().connections().size() == 2) {
        assertThat(sent++).as("messages before the stalled stream is given up").isLessThan(5_000);
        server.events().broadcastNewEvent(event);
        reading.next();
      }

      await()
          .untilAsserted(() -> assertThat(server.get("/metrics").body())
              .contains("porchlight_eventstream_disconnects_total{code=\"4008\",path=\"" + EVENTS + "\"} 1"));
      await()
          .untilAsserted(() -> assertThatThrownBy(() -> stalled.send("x")).as("the connection itself")
              .isInstanceOf(UncheckedIOException.class));
    }
  }

  @Test
  void aStoppingServerEndsItsStreams() {
    TestServer stopping = TestServer.start("gpu.interval=1h");
    try (var stream = SseClient.open(stopping.port(), EVENTS)) {
      stream.next();
      stopping.close();
      assertThat(stream.nextOrEnd()).isNull();
    }
  }

  private void broadcast(int count) {
    for (int i = 0; i < count; i++) {
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
    }
  }
}
