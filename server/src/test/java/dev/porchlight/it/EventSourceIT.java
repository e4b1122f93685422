package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A browser's {@code EventSource} keeps the last id and says it when it comes back, however little of a stream it has read.
 */
class EventSourceIT {
  private static final int MESSAGES = 200;

  /** Each message is of the one type if its number is odd and of the other if it is even. */
  @ParameterizedTest
  @ValueSource(strings = {"", "?types=new_event", "?types=detection&camera=elsewhere"})
  void nothingIsMissingWhereverTheStreamIsCut(String filter) {
    try (var server = TestServer.start("gpu.interval=1h", "live.events.history-messages=20")) {
      var browser = new Browser(server.port(), "/api/stream/events" + filter);
      browser.readThenCut(1);
      assertThat(browser.types).as("cut after hello").containsExactly("hello");
      broadcast(server, MESSAGES);

      // After hello again, after resumed, after the first message, and in the middle of the replay.
      for (int events : new int[]{1, 1, 2, 3, 1, 12, 1, 40, 1}) {
        browser.readThenCut(filter.contains("elsewhere") ? Math.min(events, 2) : events);
      }
      long[] wanted = LongStream.rangeClosed(1, MESSAGES).filter(seq -> wants(filter, seq)).toArray();
      browser.readTo(wanted.length == 0 ? 0 : wanted[wanted.length - 1]);

      assertThat(browser.numbers).containsExactly(LongStream.of(wanted).boxed().toArray(Long[]::new));
    }
  }

  private static boolean wants(String filter, long seq) {
    return switch (filter) {
      case "" -> true;
      case "?types=new_event" -> seq % 2 == 0;
      default -> false;
    };
  }

  private static void broadcast(TestServer server, int count) {
    for (int seq = 1; seq <= count; seq++) {
      int _ = seq % 2 == 0
          ? server.events().broadcastNewEvent(Examples.NEW_EVENT)
          : server.events().broadcastDetection(Examples.DETECTION);
    }
  }

  /** What a page sees and what its browser keeps of it. */
  private static final class Browser {
    private final List<String> types = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final int port;
    private final String path;
    private String lastId = "";

    Browser(int port, String path) {
      this.port = port;
      this.path = path;
    }

    void readThenCut(int events) {
      try (var stream = connect()) {
        for (int i = 0; i < events; i++) {
          read(stream);
        }
      }
    }

    void readTo(long number) {
      try (var stream = connect()) {
        while (number > 0 && (numbers.isEmpty() || numbers.getLast() < number)) {
          read(stream);
        }
      }
    }

    private SseClient connect() {
      return lastId.isEmpty()
          ? SseClient.open(port, path)
          : SseClient.open(port, path, "Last-Event-ID", lastId);
    }

    private void read(SseClient stream) {
      SseClient.Event event = stream.next();
      types.add(event.type());
      if (event.id() != null) {
        lastId = event.id();
      }
      switch (event.type()) {
        case "hello", "heartbeat" -> {
          // The page has nothing to do.
        }
        case "resumed" -> assertThat(event.data().get("recovered").booleanValue()).as("recovered").isTrue();
        default -> numbers.add(event.seq());
      }
    }
  }
}
