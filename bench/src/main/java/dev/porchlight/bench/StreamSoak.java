package dev.porchlight.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Streams of a street with people, for as long as one likes: the real server as a process of its own, a real RTSP server,
 * and a client that counts. At the end nothing may be missing: what was read is skipped, looked at or dropped, and what
 * was stored has come to the client.
 */
public final class StreamSoak {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration COMING = Duration.ofMinutes(2);
  private static final Duration DRAINING = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final int SPARE_SECONDS = 240;
  private static final int PAGE = 200;

  private final SoakOptions options;
  private final Path root;
  private final PrintStream out;
  private final HttpClient http = HttpClient.newHttpClient();

  private StreamSoak(SoakOptions options, Path root, PrintStream out) {
    this.options = options;
    this.root = root;
    this.out = out;
  }

  /**
   * Runs, and exits: 0 when nothing was lost, 1 when something was or it could not be done, 2 when the command line cannot
   * be parsed. The property {@code porchlight.root} is the folder of the launcher.
   */
  public static void main(String[] args) {
    System.exit(execute(List.of(args), CommandLine.root(), System.out, System.err));
  }

  static int execute(List<String> arguments, Path root, PrintStream out, PrintStream err) {
    return CommandLine.exitCodeOf(() -> new StreamSoak(SoakOptions.parse(arguments), root, out).run(), err);
  }

  private boolean run() throws IOException, InterruptedException, SQLException {
    Path folder = Files.createDirectories(root.resolve("bench/target/soak"));
    Path data = Files.createTempDirectory(folder, "data");
    Path config = Files.writeString(folder.resolve("porchlight.yaml"), "camera.fps: " + options.fps() + "\n");
    var peer = new Peer("porchlight", List.of(root.resolve("porchlight").toString(), "run", "--port", "PORT", "--data",
        data.toString(), "--config", config.toString()));
    try (var sender = StreamSender.start(root, folder, options.seconds() + SPARE_SECONDS);
        var server = RunningServer.start(peer, folder);
        var client = SoakClient.connect(HttpClient.newHttpClient(), server.port())) {
      for (int number = 1; number <= options.cameras(); number++) {
        send(server, "POST", "/api/cameras", Map.of("camera_id", name(number), "source", sender.address(number)));
      }
      await(COMING, "the streams do not all come", () -> streamsRun(server) == options.cameras());
      var usage = new Usage(server.pids());
      long began = System.nanoTime();
      usage.watch(Duration.ofSeconds(options.seconds()), TICK);
      double seconds = (System.nanoTime() - began) / 1e9;
      for (int number = 1; number <= options.cameras(); number++) {
        send(server, "PATCH", "/api/cameras/" + name(number), Map.of("enabled", false));
      }
      await(DRAINING, "what was taken is not looked at", () -> query(data,
          "SELECT 'all', count(*) FROM frames WHERE state = 'waiting'").getOrDefault("all", 0) == 0);
      // What is stored last is told last; the client has a moment to hear of it.
      await(DRAINING, "not all that is stored has come to the client",
          () -> client.ended() != null || sum(client.detections()) >= stored(server));
      return report(data, server, client, usage, seconds);
    }
  }

  private boolean report(Path data, RunningServer server, SoakClient client, Usage usage, double seconds)
      throws IOException, InterruptedException, SQLException {
    String metrics = get(server, "/metrics");
    Map<String, Integer> done = query(data,
        "SELECT camera_id, count(*) FROM frames WHERE source = 'stream' AND state = 'done' GROUP BY 1");
    Map<String, Integer> dropped = query(data,
        "SELECT camera_id, count(*) FROM frames WHERE source = 'stream' AND state = 'dropped' GROUP BY 1");
    Map<String, Integer> stored = query(data, "SELECT camera_id, count(*) FROM detections GROUP BY 1");
    Map<String, Integer> received = client.detections();
    var table = new MarkdownTable(
        List.of("camera", "read", "skipped", "looked at", "dropped", "lost", "detections", "received", "restarts"));
    long lost = 0;
    for (String camera : IntStream.rangeClosed(1, options.cameras()).mapToObj(StreamSoak::name).toList()) {
      int read = metric(metrics, "porchlight_video_frames_total", camera);
      int skipped = metric(metrics, "porchlight_video_skipped_total", camera);
      int looked = done.getOrDefault(camera, 0);
      int gone = dropped.getOrDefault(camera, 0);
      int missing = read - skipped - looked - gone;
      lost += Math.abs(missing);
      table.add(List.of(camera, text(read), text(skipped), text(looked), text(gone), text(missing),
          text(stored.getOrDefault(camera, 0)), text(received.getOrDefault(camera, 0)),
          text(metric(metrics, "porchlight_stream_restarts_total", camera))));
    }
    out.print(table);
    int byRest = stored(server);
    out.printf("%n%d cameras at %d fps for %.0f s on %d processors: detections stored %d (by REST %d), received %d;"
        + " events received %d; numbers left out %d%n", options.cameras(), options.fps(), seconds,
        Runtime.getRuntime().availableProcessors(), sum(stored), byRest, sum(received), client.events(), client.gaps());
    out.printf("CPU: the server %.2f of a processor, its ffmpegs %.2f; resident at most %d MiB and %d MiB%n",
        usage.serverSeconds() / seconds, usage.otherSeconds() / seconds, usage.serverMebibytes(),
        usage.otherMebibytes());
    boolean isWell = lost == 0 && client.gaps() == 0 && client.ended() == null && stored.equals(received)
        && byRest == sum(stored);
    out.println(isWell ? "lost: 0" : "SOMETHING IS MISSING: " + Objects.toString(client.ended(), "see the table"));
    return isWell;
  }

  private int streamsRun(RunningServer server) throws IOException, InterruptedException {
    JsonNode health = JSON.readTree(get(server, "/api/system/health"));
    Matcher running = Pattern.compile("(\\d+) of \\d+ streams run.*")
        .matcher(health.get("components").get("streams").get("detail").stringValue());
    return running.matches() ? Integer.parseInt(running.group(1)) : 0;
  }

  private int stored(RunningServer server) throws IOException, InterruptedException {
    int count = 0;
    String cursor = "";
    while (cursor != null) {
      JsonNode page = JSON.readTree(get(server, "/api/detections?limit=" + PAGE + cursor));
      count += page.get("items").size();
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").stringValue();
    }
    return count;
  }

  private String get(RunningServer server, String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void send(RunningServer server, String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
        .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new BenchException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private static Map<String, Integer> query(Path data, String sql) throws SQLException {
    var counts = new TreeMap<String, Integer>();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("porchlight.db"));
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
    }
    return counts;
  }

  private static int metric(String metrics, String name, String camera) {
    Matcher found = Pattern.compile(Pattern.quote(name + "{camera=\"" + camera + "\"} ") + "([0-9.E]+)")
        .matcher(metrics);
    return found.find() ? (int) Double.parseDouble(found.group(1)) : 0;
  }

  private static void await(Duration longest, String complaint, Check check)
      throws IOException, InterruptedException, SQLException {
    long end = System.nanoTime() + longest.toNanos();
    while (!check.isTrue()) {
      if (System.nanoTime() > end) {
        throw new BenchException(complaint + " within " + longest.toSeconds() + " s");
      }
      Thread.sleep(TICK);
    }
  }

  private static String name(int number) {
    return "cam-" + number;
  }

  private static String text(int number) {
    return String.valueOf(number);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Something that is to become true. */
  private interface Check {
    boolean isTrue() throws IOException, InterruptedException, SQLException;
  }
}
