package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.video.TestFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Video files in a camera's folder: a street with people, and files that are no videos. */
class ClipIT {
  private static final Duration LENGTH = Duration.ofMillis(79_500);

  @TempDir
  private Path data;

  @Test
  void whatAFilmShowsIsToldWithTheTimeAtWhichItHappened() throws Exception {
    Instant ended = Instant.now().minus(Duration.ofMinutes(20)).truncatedTo(ChronoUnit.SECONDS);
    try (var server = TestServer.startIn(data, "camera.fps=1"); var client = server.connect("/ws/events")) {
      drop(server, "street.avi", TestMedia.find("examples/data/vtest.avi"), ended);
      client.next("detection");
      awaitClips(1);

      List<JsonNode> detections = server.all("/api/detections");
      assertThat(detections).hasSizeGreaterThan(40).allSatisfy(detection -> {
        Instant at = Client.time(detection, "detected_at");
        assertThat(at).isBetween(ended.minus(LENGTH), ended);
        assertThat(Duration.between(ended.minus(LENGTH), at).toMillis() % 1000).as("on the grid").isZero();
      });
      assertThat(number("SELECT count(*) FROM clips WHERE state = 'done' AND frames_taken > 40")).isEqualTo(1);
      assertThat(number("SELECT count(*) FROM frames WHERE source = 'clip' AND state <> 'done'")).isZero();
      String file = detections.getFirst().get("file_path").stringValue();
      assertThat(file).startsWith("clips/cam-street/");
      assertThat(data.resolve(file)).exists();
    }
    // Of what was read, nothing is read again.
    long before = number("SELECT count(*) FROM frames");
    try (var server = TestServer.startIn(data, "camera.fps=1", "ingest.rescan=100ms")) {
      drop(server, "short.mp4", shortFilm(), Instant.now());
      awaitClips(2);
      assertThat(number("SELECT count(*) FROM frames WHERE path LIKE 'clips/cam-street/1/%'")).isEqualTo(before);
    }
  }

  @Test
  void whatIsNoFilmIsRejectedOnceWithTheReasonAndStays() throws Exception {
    byte[] whole = Files.readAllBytes(shortFilm());
    try (var server = TestServer.startIn(data, "ingest.incomplete-after=500ms", "ingest.max-clip-size=1MiB")) {
      Path camera = server.camera("cam-1");
      Path cut = put(camera, "cut.mp4", Arrays.copyOf(whole, whole.length / 2));
      var rubbish = new byte[50_000];
      new Random(3).nextBytes(rubbish);
      put(camera, "rubbish.avi", rubbish);
      put(camera, "empty.mkv", new byte[0]);
      put(camera, "huge.mov", new byte[(1 << 20) + 1]);
      put(camera, "playlist.mp4",
          "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n".getBytes(UTF_8));
      Path sound = data.resolve("sound.m4v");
      TestFfmpeg.run("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", sound.toString());
      Files.move(sound, camera.resolve("sound.m4v"), StandardCopyOption.ATOMIC_MOVE);

      await().until(() -> number("SELECT count(*) FROM frames WHERE state = 'rejected'") == 6);

      assertThat(number("SELECT count(*) FROM frames WHERE state = 'rejected' AND length(reason) > 10")).isEqualTo(6);
      assertThat(cut).exists();
      assertThat(server.get("/metrics").body()).contains("porchlight_pictures_refused_total{reason=\"damaged\"} 5.0");
    }
  }

  @Test
  void theSameFilmAgainIsADuplicate() throws Exception {
    try (var server = TestServer.startIn(data, "camera.fps=1")) {
      drop(server, "one.mp4", shortFilm(), Instant.now());
      awaitClips(1);
      drop(server, "two.mp4", shortFilm(), Instant.now());

      await().until(() -> number("SELECT count(*) FROM frames WHERE state = 'duplicate'") == 1);
      assertThat(number("SELECT count(*) FROM clips")).isEqualTo(1);
    }
  }

  /** All at once: half a file would be a mistake of its own. */
  private static Path put(Path folder, String name, byte[] bytes) throws IOException {
    Path part = Files.write(folder.resolve(name + ".part"), bytes);
    return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void drop(TestServer server, String name, Path film, Instant modifiedAt) throws IOException {
    Path part = Files.copy(film, server.camera("cam-street").resolve(name + ".part"));
    Files.setLastModifiedTime(part, FileTime.from(modifiedAt));
    Files.move(part, part.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Five seconds of the street as a camera records them. */
  private Path shortFilm() throws IOException {
    Path film = data.resolve("short-film.mp4");
    if (!Files.exists(film)) {
      TestFfmpeg.run("-i", TestMedia.find("examples/data/vtest.avi").toString(), "-t", "5", "-c:v", "libx264",
          "-preset",
          "ultrafast", film.toString());
    }
    return film;
  }

  private void awaitClips(int many) {
    await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> number("SELECT count(*) FROM clips WHERE state = 'done'") == many
            && number("SELECT count(*) FROM frames WHERE state = 'waiting'") == 0);
  }

  private long number(String sql) {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("porchlight.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
