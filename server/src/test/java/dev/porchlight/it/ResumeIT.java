package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Clients that come back and say where they were: they miss nothing and get nothing twice, or are told that it is gone. */
class ResumeIT {
  private static final String V1 = "porchlight.v1";
  private static final String[] SHORT_MEMORY = {"gpu.interval=1h", "live.events.history-messages=10"};

  @TempDir
  private Path data;

  @Test
  void atTheHeadThereIsNothingToSend() {
    try (var server = TestServer.start("gpu.interval=1h")) {
      String epoch = broadcast(server, 3);
      try (var client = resume(server, epoch, 3)) {
        assertRecovered(client, 4, 3);
        server.events().broadcastDetection(Examples.DETECTION);
        assertThat(client.next().get("seq").longValue()).isEqualTo(4);
      }
    }
  }

  @Test
  void whatIsNoLongerInMemoryIsReadFromTheJournal() {
    try (var server = TestServer.start(SHORT_MEMORY)) {
      String epoch = broadcast(server, 500);
      try (var client = resume(server, epoch, 100)) {
        assertRecovered(client, 101, 500);
        assertNumbers(client, 101, 500);
        server.events().broadcastDetection(Examples.DETECTION);
        assertNumbers(client, 501, 501);
      }
    }
  }

  @Test
  void nothingIsMissedOrRepeatedWhileBroadcastsGoOn() throws Exception {
    try (var server = TestServer.start(SHORT_MEMORY[0], "live.events.history-messages=5000");
        var broadcasting = Executors.newVirtualThreadPerTaskExecutor()) {
      String epoch = broadcast(server, 200);
      var stop = new AtomicBoolean();
      Future<?> flood = broadcasting.submit(() -> {
        while (!stop.get()) {
          flood(server, 1);
        }
      });
      try {
        for (int round = 0; round < 20; round++) {
          try (var client = resume(server, epoch, 100 + round)) {
            long to = client.next("resumed").get("to").longValue();
            assertNumbers(client, 101 + round, to + 50);
          }
        }
      } finally {
        stop.set(true);
        flood.get();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"another, 1", "'', 4", "'', 999999999999999999999999"})
  void anotherEpochOrANumberBeyondTheHeadIsNotRecoveredAndToldWhatIsHeld(String otherEpoch, String since) {
    try (var server = TestServer.start("gpu.interval=1h")) {
      String epoch = broadcast(server, 3);
      try (var client = server.connect(
          "/ws/events?epoch=" + (otherEpoch.isEmpty() ? epoch : otherEpoch) + "&since=" + since, V1)) {
        assertNotRecovered(client, 1L, 3L);
        server.events().broadcastDetection(Examples.DETECTION);
        assertNumbers(client, 4, 4);
      }
    }
  }

  @Test
  void whereNothingIsHeldNothingIsNamed() {
    try (var server = TestServer.start("gpu.interval=1h"); var client = resume(server, "another", 7)) {
      assertNotRecovered(client, null, null);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"protocol=v1&since=5 | epoch", "protocol=v1&epoch=e&since=-1 | -1",
    "protocol=v1&epoch=e&since=ten | ten", "epoch=e&since=1 | protocol=v1", "protocol=v1&epoch=e | since"})
  void whatMakesNoSenseIsRefusedAndNamed(String query, String named) {
    try (var server = TestServer.start("gpu.interval=1h"); var socket = RawSocket.connect(server.port())) {
      socket.sendHandshake("/ws/events?" + query, "Connection: close");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ");
      assertThat(new String(socket.readToEnd(), StandardCharsets.UTF_8)).contains(named);
    }
  }

  @Test
  void whatTheJournalHasForgottenIsNotRecovered() {
    try (var server = TestServer.start("gpu.interval=1h", "live.events.history-messages=10",
        "live.journal-messages=50")) {
      String epoch = broadcast(server, 200);
      var first = new AtomicLong();
      await().untilAsserted(() -> {
        try (var client = resume(server, epoch, 100)) {
          assertThat(client.next().get("type").stringValue()).isEqualTo("hello");
          JsonNode data = client.next("resumed");
          assertThat(data.get("recovered").booleanValue()).isFalse();
          assertThat(data.get("last").longValue()).isEqualTo(200);
          first.set(data.get("first").longValue());
          // By a quarter of the fifty it may be longer, when it was pruned while the last were still written.
          assertThat(first.get()).isBetween(138L, 151L);
        }
      });
      try (var client = resume(server, epoch, first.get() - 1)) {
        assertRecovered(client, first.get(), 200);
        assertNumbers(client, first.get(), 200);
      }
    }
  }

  @Test
  void aRestartKeepsTheNumberingOfEventsAndBeginsAnotherForTheSystem() {
    String epoch;
    JsonNode system;
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      epoch = broadcast(server, 20);
      server.system().broadcastGpuStats(Examples.GPU_STATS);
      try (var client = server.connect("/ws/system", V1)) {
        system = client.next("hello");
      }
    }
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      try (var client = resume(server, epoch, 5)) {
        assertRecovered(client, 6, 20);
        assertNumbers(client, 6, 20);
        assertThat(broadcast(server, 1)).isEqualTo(epoch);
        assertNumbers(client, 21, 21);
      }
      try (var client = server.connect("/ws/system?epoch=" + system.get("epoch").stringValue() + "&since="
          + system.get("seq").longValue(), V1)) {
        assertThat(client.next("hello").get("epoch")).isNotEqualTo(system.get("epoch"));
        assertThat(client.next().get("data").get("recovered").booleanValue()).isFalse();
      }
    }
  }

  @Test
  void aFilterHoldsForWhatWasMissedAsForWhatIsNew() {
    try (var server = TestServer.start(SHORT_MEMORY)) {
      String epoch = broadcast(server, 0);
      for (int i = 0; i < 50; i++) {
        flood(server, 1);
        server.events().broadcastNewEvent(Examples.NEW_EVENT);
      }
      try (var client = server.connect("/ws/events?types=new_event&epoch=" + epoch + "&since=0", V1)) {
        assertRecovered(client, 1, 100);
        for (long seq = 2; seq <= 100; seq += 2) {
          assertNumbers(client, seq, seq);
        }
        server.events().broadcastDetection(Examples.DETECTION);
        server.events().broadcastNewEvent(Examples.NEW_EVENT);
        assertNumbers(client, 102, 102);
      }
    }
  }

  @Test
  void twentyThousandMessagesReachAReaderThatPauses() {
    try (var server = TestServer.start("gpu.interval=1h", "live.events.history-messages=1000")) {
      String epoch = broadcast(server, 20_000);
      try (var socket = RawSocket.connect(server.port()); var other = server.connect("/ws/events")) {
        socket.sendHandshake("/ws/events?protocol=v1&epoch=" + epoch + "&since=0");
        assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
        assertThat(socket.readFrame().text()).contains("\"hello\"");
        assertThat(socket.readFrame().text()).contains("\"recovered\":true", "\"from\":1,", "\"to\":20000}");
        for (long seq = 1; seq <= 20_000; seq++) {
          if (seq % 4_000 == 0) {
            // While it does not read others are served.
            server.events().broadcastDetection(Examples.DETECTION);
            other.next("detection");
          }
          RawSocket.Frame frame = socket.readFrame();
          if (frame.first() == 0x89) {
            socket.sendFrame(0x8A, frame.payload());
            frame = socket.readFrame();
          }
          assertThat(frame.text()).endsWith(",\"seq\":" + seq + "}");
        }
        for (long seq = 20_001; seq <= 20_005; seq++) {
          assertThat(socket.readFrame().text()).endsWith(",\"seq\":" + seq + "}");
        }
      }
    }
  }

  @Test
  void twoHundredComeBackAtOnceWhileBroadcastsGoOn() throws Exception {
    int clients = 200;
    try (var server = TestServer.start(SHORT_MEMORY[0], "live.events.history-messages=300");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String epoch = broadcast(server, 1_000);
      var go = new CountDownLatch(1);
      var done = new ArrayList<Future<Long>>();
      for (int i = 0; i < clients; i++) {
        long since = i;
        done.add(threads.submit(() -> {
          go.await();
          return readFrom(server.port(), epoch, since, 1_050);
        }));
      }
      go.countDown();
      flood(server, 50);
      for (Future<Long> read : done) {
        assertThat(read.get()).isEqualTo(1_050);
      }
    }
  }

  /** Reads all messages after one up to another, none missing; returns the last. */
  private static long readFrom(int port, String epoch, long since, long last) {
    try (var socket = RawSocket.connect(port)) {
      socket.sendHandshake("/ws/events?protocol=v1&epoch=" + epoch + "&since=" + since);
      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(socket.readFrame().text()).contains("\"hello\"");
      assertThat(socket.readFrame().text()).contains("\"recovered\":true");
      long seq = since;
      while (seq < last) {
        assertThat(socket.readFrame().text()).endsWith(",\"seq\":" + ++seq + "}");
      }
      return seq;
    }
  }

  /** Broadcasts so many detections; returns the epoch. */
  private static String broadcast(TestServer server, int count) {
    flood(server, count);
    try (var client = server.connect("/ws/events", V1)) {
      return client.next("hello").get("epoch").stringValue();
    }
  }

  private static void flood(TestServer server, int count) {
    for (int i = 0; i < count; i++) {
      server.events().broadcastDetection(Examples.DETECTION);
    }
  }

  private static Client resume(TestServer server, String epoch, long since) {
    return server.connect("/ws/events?epoch=" + epoch + "&since=" + since, V1);
  }

  private static void assertRecovered(Client client, long from, long to) {
    assertThat(client.next().get("type").stringValue()).isEqualTo("hello");
    JsonNode resumed = client.next();
    assertThat(resumed.propertyNames()).containsExactly("type", "data");
    assertThat(resumed.get("data").get("recovered").booleanValue()).isTrue();
    assertThat(resumed.get("data").get("from").longValue()).isEqualTo(from);
    assertThat(resumed.get("data").get("to").longValue()).isEqualTo(to);
  }

  private static void assertNotRecovered(Client client, @Nullable Long first, @Nullable Long last) {
    assertThat(client.next().get("type").stringValue()).isEqualTo("hello");
    JsonNode data = client.next("resumed");
    assertThat(data.get("recovered").booleanValue()).isFalse();
    assertThat(data.get("first").isNull() ? null : data.get("first").longValue()).isEqualTo(first);
    assertThat(data.get("last").isNull() ? null : data.get("last").longValue()).isEqualTo(last);
  }

  private static void assertNumbers(Client client, long from, long to) {
    for (long seq = from; seq <= to; seq++) {
      assertThat(client.next().get("seq").longValue()).isEqualTo(seq);
    }
  }
}
