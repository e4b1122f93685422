package dev.porchlight.it;

import dev.porchlight.TestRequirements;
import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import io.vertx.core.transport.Transport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways in which sockets can be served; the best of them, {@code auto}, is what all other tests use: it must not be another than
 * the kernel has.
 */
class TransportIT {
  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void messagesFlowHoweverSocketsAreServed(String transport) {
    Transport uring = Transport.IO_URING;
    TestRequirements.require("io_uring", !transport.equals("io_uring") || (uring != null && uring.available()),
        "the kernel, or who runs this, allows none");
    try (var server = TestServer.start("http.transport=" + transport, "gpu.interval=1h");
        var plain = server.connect("/ws/events");
        var v1 = server.connect("/ws/events", "porchlight.v1");
        var stream = SseClient.open(server.port(), "/api/stream/events")) {
      v1.next("hello");
      stream.next();
      for (int i = 0; i < 100; i++) {
        assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(3);
      }
      for (int seq = 1; seq <= 100; seq++) {
        assertThat(plain.next().get("type").stringValue()).isEqualTo("new_event");
        assertThat(v1.next().get("seq").longValue()).isEqualTo(seq);
        assertThat(stream.next().seq()).isEqualTo(seq);
      }
      assertThat(server.get("/api/system/health").statusCode()).isEqualTo(200);
    }
  }
}
