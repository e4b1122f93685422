package dev.porchlight.app;

import dev.porchlight.RestSchemas;
import dev.porchlight.config.CommandLineOption;
import dev.porchlight.config.LoadedSettings;
import dev.porchlight.it.Client;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.SystemBroadcaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/** The real server on a free port, with a folder of its own. */
public final class TestServer implements AutoCloseable {
  private static final RestSchemas SCHEMAS = RestSchemas.load();

  private final Path data;
  private final boolean ownsData;
  private final Application application;
  private final HttpClient http = HttpClient.newHttpClient();

  private TestServer(Path data, boolean ownsData, boolean isNewEpochWanted, String... settings) {
    this.data = data;
    this.ownsData = ownsData;
    try {
      this.application = Application.start(configuration(data, settings), isNewEpochWanted, Clock.systemUTC(),
          System::nanoTime);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a server with these settings, each {@code key=value}. */
  public static TestServer start(String... settings) {
    try {
      return new TestServer(Files.createTempDirectory("porchlight"), true, false, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server on a data folder that stays when it stops. */
  public static TestServer startIn(Path data, String... settings) {
    return new TestServer(data, false, false, settings);
  }

  /** As {@link #startIn}, with {@code --new-epoch}. */
  public static TestServer startAnewIn(Path data, String... settings) {
    return new TestServer(data, false, true, settings);
  }

  static Configuration configuration(Path data, String... settings) {
    var options = new ArrayList<CommandLineOption>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      options.add(new CommandLineOption(setting, setting.substring(0, equals), setting.substring(equals + 1)));
    }
    if (options.stream().noneMatch(option -> option.key().equals("http.port"))) {
      options.add(new CommandLineOption("--port", "http.port", "0"));
    }
    return Configuration.read(LoadedSettings.load(null, data, Map.of(), options), data);
  }

  public EventBroadcaster events() {
    return application.events();
  }

  public SystemBroadcaster system() {
    return application.system();
  }

  public int port() {
    return application.port();
  }

  public Path data() {
    return data;
  }

  /** The port for FTP. */
  public int ftpPort() {
    return application.ftp().port();
  }

  /** The folder of a camera, which is made when it is not there. */
  public Path camera(String id) {
    try {
      return Files.createDirectories(data.resolve("cameras").resolve(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a connection, offering these subprotocols, and waits until the server counts it. */
  public Client connect(String path, String... subprotocols) {
    return Client.open(port(), path, subprotocols);
  }

  /** Waits until nobody is connected. */
  public void awaitNobody() {
    await().until(() -> events().connections().isEmpty() && system().connections().isEmpty());
  }

  /** What {@code GET path} answers. */
  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).build());
  }

  /** The JSON that {@code GET path} answers with status 200. */
  public JsonNode json(String path) {
    HttpResponse<String> answer = get(path);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Client.JSON.readTree(answer.body());
  }

  /** All items of a list, page after page. */
  public List<JsonNode> all(String path) {
    var items = new ArrayList<JsonNode>();
    String cursor = "";
    while (cursor != null) {
      JsonNode page = json(path + "?limit=200" + cursor);
      page.get("items").forEach(items::add);
      cursor = page.get("next").isNull() ? null : "&cursor=" + page.get("next").stringValue();
    }
    return items;
  }

  /** What {@code POST path} with these bytes answers; headers in pairs. */
  public HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  /** What {@code GET path} answers, as bytes; headers in pairs. */
  public HttpResponse<byte[]> bytes(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    application.close();
    http.close();
    if (ownsData && Files.exists(data)) {
      deleteAll(data);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /**
   * What a request with a JSON body answers.
   *
   * @param json the body; empty for none
   */
  public HttpResponse<String> send(String method, String path, String json) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (json.isEmpty()) {
      return send(request.method(method, HttpRequest.BodyPublishers.noBody()).build());
    }
    return send(request.header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(json))
        .build());
  }

  /** Each answer is held against {@code docs/openapi.yaml}, as far as that speaks of it. */
  private HttpResponse<String> send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      SCHEMAS.check(request.method(), request.uri().getPath(), answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(""), answer.body());
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void deleteAll(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
