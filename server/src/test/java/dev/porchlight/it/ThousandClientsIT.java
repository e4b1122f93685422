package dev.porchlight.it;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.porchlight.app.TestServer;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.it.CrowdMember.Conduct;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static dev.porchlight.live.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One server and a thousand clients, a tenth of which misbehave. Seen to fail when who falls behind is not closed. */
class ThousandClientsIT {
  private static final Logger log = LoggerFactory.getLogger(ThousandClientsIT.class);
  private static final int CLIENTS = 1_000;
  private static final int STOPPED = 50;
  private static final int DYING = 50;
  private static final int GOOD = CLIENTS - STOPPED - DYING;
  private static final int BATCH = 10;
  private static final int MOST_MESSAGES = 600;
  private static final String LARGE = "x".repeat(20_000);

  @Test
  void nineHundredGetEverythingWhileFiftyStopReadingAndFiftyDieWithinAFrame() {
    try (var server = TestServer.start("live.events.history-messages=60", "gpu.interval=1h")) {
      server.connect("/ws/events").close();
      server.awaitNobody();
      long descriptors = descriptors();
      long threads = threads();

      try (var crowd = Crowd.connect(server.port(), CLIENTS); var system = server.connect("/ws/system")) {
        assertThat(server.events().connections()).hasSize(CLIENTS);
        behaveBadly(crowd.members());

        var delays = new long[MOST_MESSAGES / BATCH];
        int batches = 0;
        int sent = 0;
        // Paced by those who read, until those who do not have fallen off the history.
        while (sent < 200 || server.events().connections().size() > GOOD) {
          assertThat(sent).as("messages before the stalled are given up").isLessThan(MOST_MESSAGES);
          for (int i = 0; i < BATCH; i++) {
            assertThat(server.events().broadcastNewEvent(event(++sent))).isBetween(GOOD, CLIENTS);
          }
          delays[batches] = delay(server, system, batches);
          batches++;
          int all = sent;
          await()
              .until(() -> crowd.count(member -> isGood(member) && member.received() == all) == GOOD);
        }

        assertThat(server.events().broadcastNewEvent(event(++sent))).isEqualTo(GOOD);
        int all = sent;
        await().until(() -> crowd.count(member -> member.received() == all) == GOOD);
        assertThat(crowd.count(member -> isGood(member) && member.isClosed())).isZero();
        await()
            .until(() -> server.get("/metrics")
                .body()
                .contains("porchlight_websocket_disconnects_total{code=\"4008\",path=\"/ws/events\"} " + STOPPED));

        // For the reader of the log: the machine that tests is not ours alone, and the promise is a row of the benchmark.
        log.info("{} messages of {} bytes to {} clients; p99 of /ws/system meanwhile: {} ms", sent, LARGE.length(),
            GOOD,
            p99(Arrays.copyOf(delays, batches)).toMillis());
      }
      server.awaitNobody();
      await().untilAsserted(() -> {
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        assertThat(threads()).isLessThanOrEqualTo(threads);
      });
    }
  }

  /** Spread, so that each event loop has some. */
  private static void behaveBadly(List<CrowdMember> members) {
    for (int i = 0; i < STOPPED + DYING; i++) {
      members.get(i * CLIENTS / (STOPPED + DYING))
          .behave(i % 2 == 0 ? Conduct.STOPPED : Conduct.DIES_WITHIN_A_FRAME);
    }
  }

  private static boolean isGood(CrowdMember member) {
    return member.conduct() == Conduct.READS;
  }

  /** How long a message on the other channel takes right after these broadcasts, in nanoseconds. */
  private static long delay(TestServer server, Client system, int number) {
    long begin = System.nanoTime();
    assertThat(server.system().broadcastGpuStats(new GpuStats(1.0, (long) number, 1L, 1.0, 1.0, NOON))).isEqualTo(1);
    assertThat(system.next("gpu_stats").get("memory_used").longValue()).isEqualTo(number);
    return System.nanoTime() - begin;
  }

  private static Duration p99(long[] nanos) {
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[(nanos.length * 99 - 1) / 100]);
  }

  private static NewEvent event(int id) {
    return new NewEvent(id, "cam-123", 75, RiskLevel.HIGH, "Person", LARGE, NOON, NOON);
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
  }

  /** Those of the server, not of the clients in this same process. */
  private static long threads() {
    return Thread.getAllStackTraces()
        .keySet()
        .stream()
        .map(Thread::getName)
        .filter(
            name -> !name.contains("HttpClient") && !name.contains("ForkJoinPool") && !name.startsWith("awaitility"))
        .count();
  }
}
