package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.video.TestCamera;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** SIGKILL while video is read: a film goes on where it was, and no ffmpeg stays behind. */
class VideoCrashIT {
  /** Without a gate each point of the grid is a picture, so that what is missing shows. */
  private static final Map<String, String> SETTINGS = Map.of("PORCHLIGHT_CAMERA_FPS", "1",
      "PORCHLIGHT_CAMERA_SENSITIVITY", "0", "PORCHLIGHT_BATCH_IDLE", "1s", "PORCHLIGHT_GPU_INTERVAL", "1h");
  private static final int PICTURES = 80;

  @TempDir
  private Path folder;

  @Test
  void aFilmGoesOnWhereItWasAndShowsNothingTwice() throws Exception {
    Path film = TestMedia.find("examples/data/vtest.avi");
    Instant ended = Instant.now().minusSeconds(600);
    Path undisturbed = folder.resolve("undisturbed");
    Path killed = folder.resolve("killed");
    put(film, undisturbed, ended);
    put(film, killed, ended);

    for (int kill = 1; kill <= 3; kill++) {
      try (var _ = KillableServer.start(killed, SETTINGS)) {
        long enough = kill * 10L;
        await().pollInterval(Duration.ofMillis(50)).until(() -> number(killed, "frames") >= enough);
      }
      assertThat(rows(killed, "SELECT state FROM clips")).containsExactly("reading");
    }

    finish(undisturbed);
    finish(killed);
    assertThat(number(killed, "frames")).isEqualTo(PICTURES).isEqualTo(number(undisturbed, "frames"));
    assertThat(rows(killed, "SELECT state || frames_taken FROM clips")).containsExactly("done" + PICTURES);
    String detections = "SELECT detected_at || object_type || bbox_x || '/' || bbox_y FROM detections ORDER BY 1";
    assertThat(rows(killed, detections)).hasSizeGreaterThan(50).isEqualTo(rows(undisturbed, detections));
    assertThat(rows(killed, "SELECT seq FROM journal WHERE type <> 'event_updated'"))
        .hasSize(Math.toIntExact(number(killed, "detections") + number(killed, "events")));
  }

  @Test
  void ffmpegEndsByItselfWhenTheServerIsKilled() throws Exception {
    byte[] jpeg = Files.readAllBytes(Street.frames(folder, 1).getFirst());
    try (var camera = TestCamera.sending(_ -> jpeg);
        var server = KillableServer.start(folder.resolve("data"), SETTINGS)) {
      await().until(() -> server.port() != 0);
      create(server.port(), camera.address(""));
      await().until(() -> server.descendants().anyMatch(VideoCrashIT::isFfmpeg));
      List<ProcessHandle> children = server.descendants().filter(VideoCrashIT::isFfmpeg).toList();

      server.kill();

      await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  private static boolean isFfmpeg(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("ffmpeg")
        && List.of(process.info().arguments().orElse(new String[0])).contains("pipe:0");
  }

  private static void create(int port, String source) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest
          .newBuilder(URI.create("http://127.0.0.1:" + port + "/api/cameras"))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers
              .ofString("{\"camera_id\":\"cam-1\",\"source\":\"" + source + "\"}", StandardCharsets.UTF_8))
          .build();
      assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
  }

  private static void put(Path film, Path data, Instant ended) throws IOException {
    Path target = Files.createDirectories(data.resolve("cameras/cam-street")).resolve("street.avi");
    Files.copy(film, target);
    Files.setLastModifiedTime(target, FileTime.from(ended));
  }

  private static void finish(Path data) {
    var settings = new ArrayList<String>();
    SETTINGS.forEach((key, value) -> settings.add(
        key.substring("PORCHLIGHT_".length()).toLowerCase(Locale.ROOT).replace('_', '.') + "=" + value));
    try (var _ = TestServer.startIn(data, settings.toArray(String[]::new))) {
      await()
          .pollInterval(Duration.ofMillis(200))
          .until(() -> rows(data, "SELECT 1 FROM clips WHERE state = 'done'").size() == 1
              && rows(data, "SELECT 1 FROM frames WHERE state = 'waiting'").isEmpty()
              && number(data, "batches") == number(data, "events"));
    }
  }

  private static long number(Path data, String table) {
    return rows(data, "SELECT id FROM " + table).size();
  }

  /** Empty while there is no database yet. */
  private static List<String> rows(Path data, String sql) {
    if (!Files.exists(data.resolve("porchlight.db"))) {
      return List.of();
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("porchlight.db"));
        var statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      var rows = new ArrayList<String>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("no such table")) {
        return List.of();
      }
      throw new AssertionError(sql, e);
    }
  }
}
