package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * SIGKILL at random moments, half of them during the start and half while pictures come: no picture is lost, none is detected
 * twice, each batch has exactly one event, and each message exactly one number. Seen to fail when what was waiting is not
 * taken up.
 */
class CrashIT {
  private static final int KILLS = 20;
  private static final int LONGEST_START_MILLIS = 3_500;
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final int LONGEST_PAUSE_MILLIS = 150;
  private static final Map<String, String> ENVIRONMENT = Map.of("PORCHLIGHT_BATCH_IDLE", "700ms",
      "PORCHLIGHT_BATCH_WINDOW", "3s", "PORCHLIGHT_GPU_INTERVAL", "1h");
  private static final String[] SETTINGS = {"batch.idle=700ms", "batch.window=3s", "gpu.interval=1h"};

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final List<String> dropped = new ArrayList<>();
  private final List<Long> acknowledged = new ArrayList<>();
  private final Set<String> epochs = new HashSet<>();
  private int pictures;
  private long foundWaiting;

  @TempDir
  private Path data;

  @Test
  void twentyKillsAtRandomMomentsLoseNothingAndRepeatNothing() throws Exception {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    for (int kill = 0; kill < KILLS; kill++) {
      liveAndDie(photo, kill % 2 == 0);
    }
    assertThat(foundWaiting).as("seed %d: pictures that waited when the process was killed", seed).isPositive();

    try (var server = TestServer.startIn(data, SETTINGS)) {
      epochs.add(epoch());
      assertThat(epochs).as("seed %d: a client may resume after each kill", seed).hasSize(1);
      await().atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(250))
          .until(() -> waiting() == 0
              && filesInLedger() == dropped.size() && count("SELECT count(*) FROM batches WHERE state = 'open'") == 0
              && count("SELECT count(*) FROM batches WHERE id NOT IN (SELECT batch_id FROM events)") == 0);

      Map<String, List<JsonNode>> byFile = server.all("/api/detections")
          .stream()
          .collect(Collectors.groupingBy(item -> item.get("file_path").stringValue()));
      assertThat(dropped).as("seed %d: pictures in folders that were looked at", seed)
          .allSatisfy(file -> assertThat(byFile).containsKey(file));
      assertThat(byFile.values().stream().map(List::size).collect(Collectors.toSet()))
          .as("seed %d: the same picture shows the same number of objects each time", seed)
          .hasSize(1);
      assertThat(new TreeSet<>(server.all("/api/detections").stream().map(d -> d.get("frame_id").longValue()).toList()))
          .as("seed %d: posted pictures that were acknowledged", seed)
          .containsAll(acknowledged);
      assertThat(count("SELECT count(*) FROM events")).isEqualTo(count("SELECT count(*) FROM batches"));
      assertThat(count("SELECT count(*) FROM frames WHERE state <> 'done'")).as("seed %d", seed).isZero();
      long told = count("SELECT (SELECT count(*) FROM detections) + (SELECT count(*) FROM events)");
      String once = "SELECT count(DISTINCT type || ref) FROM journal WHERE type <> 'event_updated'";
      assertThat(count(once)).as("seed %d: each is told of", seed).isEqualTo(told);
      assertThat(count("SELECT count(*) FROM journal WHERE type <> 'event_updated'"))
          .as("seed %d: and once", seed)
          .isEqualTo(told);
      assertThat(count("SELECT max(seq) - count(*) FROM journal")).as("seed %d: no number is left out", seed).isZero();
    }
  }

  private void liveAndDie(byte[] photo, boolean isKilledAtStart) throws IOException, InterruptedException {
    try (var server = KillableServer.start(data, ENVIRONMENT)) {
      int port = isKilledAtStart ? 0 : listening(server);
      long end = System.nanoTime() + Duration
          .ofMillis(random.nextInt(isKilledAtStart ? LONGEST_START_MILLIS : LONGEST_LIFE_MILLIS))
          .toNanos();
      while (System.nanoTime() < end) {
        port = port == 0 ? server.port() : port;
        if (random.nextBoolean() || port == 0) {
          drop(photo, port != 0);
        } else {
          post(photo, port);
        }
        // Now and then so many one after the other that the detector does not keep up.
        server.awaitEnd(port != 0 && random.nextInt(4) != 0 ? 0 : random.nextInt(LONGEST_PAUSE_MILLIS));
      }
      // At least once it is killed while pictures wait.
      while (!isKilledAtStart && foundWaiting == 0 && waiting() < 3) {
        post(photo, port);
      }
    }
    if (!isKilledAtStart) {
      foundWaiting += waiting();
      epochs.add(epoch());
    }
  }

  private static int listening(KillableServer server) {
    return await().pollInterval(Duration.ofMillis(20)).until(server::port, port -> port != 0);
  }

  private void drop(byte[] photo, boolean listening) throws IOException {
    String name = "cameras/cam-" + random.nextInt(2) + "/" + pictures + ".jpg";
    Path target = data.resolve(name);
    Files.createDirectories(target.getParent());
    Path part = Files.write(target.resolveSibling(pictures + ".part"), unique(photo));
    if (listening && random.nextInt(4) == 0) {
      // As a copy that keeps the times: what comes while a server runs is looked at however old it is.
      Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofDays(400))));
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    dropped.add(name);
  }

  private void post(byte[] photo, int port) throws InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/cameras/cam-0/frames"))
        .timeout(Duration.ofSeconds(5))
        .POST(HttpRequest.BodyPublishers.ofByteArray(unique(photo)))
        .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      // 429 promises nothing: after many kills more may be waiting than there are places.
      assertThat(answer.statusCode()).as(answer.body()).isIn(202, 429);
      if (answer.statusCode() == 202) {
        acknowledged.add(Client.JSON.readTree(answer.body()).get("frame_id").longValue());
      }
    } catch (IOException _) {
      // It was killed before it answered, so nothing was promised.
    }
  }

  /** The photo with a number behind its end: the same picture in other bytes. */
  private byte[] unique(byte[] photo) {
    return ByteBuffer.allocate(photo.length + Integer.BYTES).put(photo).putInt(pictures++).array();
  }

  private long waiting() {
    return count("SELECT count(*) FROM frames WHERE state = 'waiting'");
  }

  private long filesInLedger() {
    return count("SELECT count(*) FROM frames WHERE source = 'folder'");
  }

  private String epoch() {
    return text("SELECT epoch FROM journal_epoch");
  }

  private long count(String sql) {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("porchlight.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
