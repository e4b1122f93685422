package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.Waits;
import dev.porchlight.app.TestServer;
import dev.porchlight.risk.StubModelServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.porchlight.risk.StubModelServer.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * SIGKILL between every two steps of a verdict: while the language model is asked, between its answer and the event, after the
 * event, before the end of a batch that was judged early, and while it is asked again. Each batch has one event, and each
 * event was told of as new once.
 */
class VerdictCrashIT {
  private static final int LIVES = 16;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final AtomicReference<@Nullable KillableServer> alive = new AtomicReference<>();
  private final AtomicInteger asked = new AtomicInteger();
  private int pictures;

  @TempDir
  private Path data;

  @Test
  void eachBatchHasOneEventWhereverTheServerIsKilled() throws Exception {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var model = new StubModelServer()) {
      for (int life = 0; life < LIVES; life++) {
        Moment moment = Moment.values()[life % Moment.values().length];
        model.instead().then(exchange -> {
          asked.incrementAndGet();
          if (moment == Moment.WHILE_IT_IS_ASKED) {
            kill();
          }
          StubModelServer.send(exchange, 200, StubModelServer.completion(verdict(50, "Somebody is there."), "stop"));
          if (moment == Moment.RIGHT_AFTER_ITS_ANSWER) {
            kill();
          }
        });
        liveAndDie(photo, model, moment);
      }
      assertThat(asked).as("the model was asked in most lives").hasValueGreaterThanOrEqualTo(LIVES / 2);

      model.instead().says(verdict(50, "Somebody is there."));
      try (var _ = TestServer.startIn(data, "analyst.url=" + model.uri(), "analyst.model=nemotron", "batch.idle=700ms",
          "analyst.retry-after=50ms")) {
        await().atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(250))
            .until(() -> count("SELECT count(*) FROM frames WHERE state = 'waiting'") == 0
                && count("SELECT count(*) FROM frames WHERE source = 'folder'") == pictures
                && count("SELECT count(*) FROM batches WHERE state <> 'judged'") == 0
                && count("SELECT count(*) FROM reanalyses") == 0);
      }
    }
    String told = "SELECT count(*) FROM journal WHERE type = 'new_event'";
    assertThat(count("SELECT count(*) FROM events")).as("seed %d", seed)
        .isEqualTo(count("SELECT count(*) FROM batches"))
        .isEqualTo(count(told))
        .isEqualTo(count(told.replace("count(*)", "count(DISTINCT ref)")));
    assertThat(count("SELECT count(*) FROM events WHERE analyst <> 'nemotron'")).as("seed %d", seed).isZero();
    assertThat(count("SELECT count(*) FROM events e JOIN batches b ON b.id = e.batch_id"
        + " WHERE e.started_at <> b.first_at OR e.ended_at <> b.last_at")).as("seed %d", seed).isZero();
    assertThat(count("SELECT max(seq) - count(*) FROM journal")).as("seed %d", seed).isZero();
  }

  private void liveAndDie(byte[] photo, StubModelServer model, Moment moment) throws IOException, InterruptedException {
    Map<String, String> environment = Map.of("PORCHLIGHT_BATCH_IDLE", "700ms", "PORCHLIGHT_GPU_INTERVAL", "1h",
        "PORCHLIGHT_ANALYST_URL", model.uri().toString(), "PORCHLIGHT_ANALYST_MODEL", "nemotron",
        "PORCHLIGHT_ANALYST_RETRY_AFTER", "50ms", "PORCHLIGHT_ANALYST_TIMEOUT",
        moment == Moment.WITHOUT_THE_MODEL ? "100ms" : "10s", "PORCHLIGHT_BATCH_FAST_PATH",
        Boolean.toString(random.nextBoolean()));
    try (var server = KillableServer.start(data, environment)) {
      drop(photo);
      alive.set(server);
      await().until(() -> server.port() != 0 || server.awaitEnd(0));
      drop(photo);
      // What is killed by the model's answers ends by itself; the others at any moment.
      if (moment.isOfTheModel()) {
        assertThat(server.awaitEnd(Waits.LIMIT.toMillis())).as("seed %d: the model was asked", seed).isTrue();
      } else {
        server.awaitEnd(random.nextInt(2_500));
      }
    } finally {
      alive.set(null);
    }
  }

  private void kill() {
    KillableServer server = alive.get();
    if (server != null) {
      server.kill();
    }
  }

  private void drop(byte[] photo) throws IOException {
    Path folder = Files.createDirectories(data.resolve("cameras/front"));
    // The photo with a number behind its end: the same picture in other bytes.
    byte[] bytes = ByteBuffer.allocate(photo.length + Integer.BYTES).put(photo).putInt(pictures).array();
    Path part = Files.write(folder.resolve(pictures + ".part"), bytes);
    Files.move(part, folder.resolve(pictures + ".jpg"), StandardCopyOption.ATOMIC_MOVE);
    pictures++;
  }

  private long count(String sql) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("porchlight.db"));
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** When the server is killed. */
  private enum Moment {
    WHILE_IT_IS_ASKED, RIGHT_AFTER_ITS_ANSWER, AT_ANY_TIME, WITHOUT_THE_MODEL;

    boolean isOfTheModel() {
      return this == WHILE_IT_IS_ASKED || this == RIGHT_AFTER_ITS_ANSWER;
    }
  }
}
