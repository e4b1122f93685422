package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an operator can see of the channels. */
class ChannelMetricsIT {
  @Test
  void theChannelsCountWhoFollowsHowAndWhatIsSent() {
    try (var server = TestServer.start("gpu.interval=1h")) {
      try (var _ = server.connect("/ws/events");
          var v1 = server.connect("/ws/events", "porchlight.v1");
          var _ = SseClient.open(server.port(), "/api/stream/events");
          var zipped = RawSocket.connect(server.port())) {
        zipped.sendHandshake("/ws/events", "Sec-WebSocket-Extensions: permessage-deflate");
        assertThat(zipped.readHead()).startsWith("HTTP/1.1 101 ");
        String epoch = v1.next("hello").get("epoch").stringValue();
        for (int i = 0; i < 10; i++) {
          assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(4);
        }
        try (var back = server.connect("/ws/events?epoch=" + epoch + "&since=5", "porchlight.v1");
            var lost = server.connect("/ws/events?epoch=other&since=5", "porchlight.v1")) {
          back.next("resumed");
          lost.next("resumed");
        }
        await().untilAsserted(() -> {
          assertThat(value(server, "channel_connections", "channel=\"events\",encoding=\"plain\"")).isEqualTo(1);
          assertThat(value(server, "channel_connections", "channel=\"events\",encoding=\"sequenced\"")).isEqualTo(1);
          assertThat(value(server, "channel_connections", "channel=\"events\",encoding=\"deflated\"")).isEqualTo(1);
          assertThat(value(server, "channel_connections", "channel=\"events\",encoding=\"event_stream\"")).isEqualTo(1);
          assertThat(value(server, "channel_connections", "channel=\"system\",encoding=\"plain\"")).isZero();
          assertThat(value(server, "websocket_connections", "")).isEqualTo(3);
          assertThat(value(server, "eventstream_connections", "")).isEqualTo(1);
          // Four of the first, five of what was missed by the one that came back go another way.
          assertThat(value(server, "channel_frames_total", "channel=\"events\"")).isGreaterThanOrEqualTo(40);
          assertThat(value(server, "channel_lag", "channel=\"events\"")).isZero();
        });
        assertThat(value(server, "channel_messages_total", "channel=\"events\"")).isEqualTo(10);
        assertThat(value(server, "channel_bytes_total", "channel=\"events\"")).isGreaterThan(1_000);
        assertThat(value(server, "channel_wakeups_total", "channel=\"events\"")).isBetween(1.0, 10.0);
        assertThat(value(server, "channel_writes_total", "channel=\"events\"")).isBetween(4.0, 50.0);
        assertThat(value(server, "channel_retained", "channel=\"events\"")).isEqualTo(10);
        assertThat(value(server, "channel_resumes_total", "channel=\"events\",recovered=\"true\"")).isEqualTo(1);
        assertThat(value(server, "channel_resumes_total", "channel=\"events\",recovered=\"false\"")).isEqualTo(1);
        double bytes = value(server, "channel_log_bytes", "channel=\"events\",encoding=\"plain\"");
        assertThat(bytes).isGreaterThan(1_000);
        assertThat(value(server, "channel_log_bytes_max", "channel=\"events\",encoding=\"plain\"")).isEqualTo(bytes);
      }
      await().untilAsserted(() -> {
        assertThat(value(server, "eventstream_disconnects_total", "code=\"none\",path=\"/api/stream/events\""))
            .isEqualTo(1);
        assertThat(value(server, "websocket_disconnects_total", "code=\"1000\",path=\"/ws/events\"")).isEqualTo(4);
      });
    }
  }

  private static double value(TestServer server, String name, String tags) {
    String line = "porchlight_" + name + (tags.isEmpty() ? " " : "{" + tags + "} ");
    return server.get("/metrics")
        .body()
        .lines()
        .filter(it -> it.startsWith(line))
        .mapToDouble(it -> Double.parseDouble(it.substring(line.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is told of " + line));
  }
}
