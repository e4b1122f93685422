package dev.porchlight.http;

import dev.porchlight.Waits;
import dev.porchlight.it.RawSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Idle connections end and slow answers do not, on real sockets. */
class LongAnswerTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Routes routes = new Routes().get("/slow", Load.ANALYSIS, _ -> {
    begun.countDown();
    assertThat(done.await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return Response.empty();
  });

  /** Seen to fail when an answer under way does not count as life. */
  @Test
  void anAnswerComesThoughItTakesLongerThanAConnectionMayBeIdle() throws Exception {
    try (var server = RestServer.start(routes, Duration.ofMillis(500));
        var slow = server.ask(RestServer.get("/slow"))) {
      assertThat(begun.await(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      // Each of these is ended a limit after it began, one after the other: so long has the answer been under way.
      for (String halfHead : new String[]{"", "GET / HTTP/1.1\r\nHo"}) {
        try (var idle = server.ask(halfHead)) {
          assertThat(idle.readToEnd()).isEmpty();
        }
      }

      done.countDown();

      assertThat(slow.readHead()).startsWith("HTTP/1.1 204 ");
      assertThat(slow.readToEnd()).as("idle again, and ended").isEmpty();
    }
  }

  @Test
  void aHeadThatTricklesIsCutOff() throws IOException {
    try (var server = RestServer.start(routes, Duration.ofMillis(500));
        var slow = server.ask("GET / HTTP/1.1\r\n")) {
      await().until(() -> isCutOff(slow));
    }
  }

  private static boolean isCutOff(RawSocket slow) {
    try {
      slow.send("A: b\r\n");
      return false;
    } catch (UncheckedIOException _) {
      return true;
    }
  }
}
