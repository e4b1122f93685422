package dev.porchlight.app;

import dev.porchlight.http.HttpConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has the server that runs with these settings judge an event again, and prints the verdict. */
final class AnalyseCommand {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  /** Beyond the longest time that {@code analyst.timeout} may be: the server may have another setting than this command. */
  private static final Duration PATIENCE = Duration.ofMinutes(31);
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpConfig config;

  AnalyseCommand(HttpConfig config) {
    this.config = config;
  }

  int run(long eventId, boolean isDry, PrintStream out, PrintStream err) throws InterruptedException {
    URI uri = URI.create("http://" + host() + ":" + config.port() + "/api/events/" + eventId + "/analysis");
    HttpRequest request = HttpRequest.newBuilder(uri)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"dry_run\":" + isDry + "}"))
        .build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode body = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        err.println("porchlight: " + body.path("detail").asString("HTTP " + answer.statusCode()));
        return 1;
      }
      print(body, out);
      return 0;
    } catch (ConnectException | HttpConnectTimeoutException _) {
      err.println(
          "porchlight: no server answers at " + uri.resolve("/") + "; start it with ./porchlight run, or say where"
              + " it is with --host and --port");
    } catch (HttpTimeoutException _) {
      err.println("porchlight: the server at " + uri.resolve("/") + " gave no verdict within " + PATIENCE.toMinutes()
          + " minutes; its log may say why");
    } catch (IOException e) {
      err.println("porchlight: the server at " + uri.resolve("/") + " ended the connection before it gave a verdict ("
          + e.getMessage() + "); it may have been stopped, its log says why");
    } catch (JacksonException _) {
      err.println("porchlight: what answers at " + uri.resolve("/") + " is no Porchlight: its answer is not JSON");
    }
    return 1;
  }

  /** A server that listens everywhere listens here too. */
  private String host() {
    String host = config.host();
    String here = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    return here.contains(":") ? "[" + here + "]" : here;
  }

  private static void print(JsonNode verdict, PrintStream out) {
    out.println("event " + verdict.path("event_id").asLong() + ": " + verdict.path("risk_level").asString("") + " ("
        + verdict.path("risk_score").asInt() + "), by " + verdict.path("analyst").asString("")
        + (verdict.path("stored").asBoolean() ? "" : "; a dry run, the event is as it was"));
    out.println(verdict.path("summary").asString(""));
    out.println(verdict.path("reasoning").asString(""));
    for (JsonNode analysis : verdict.path("analyses")) {
      out.println("asked " + analysis.path("analyst").asString("") + ": " + analysis.path("took_ms").asLong() + " ms"
          + (analysis.path("prompt_tokens").isNull()
              ? ""
              : ", " + analysis.path("prompt_tokens").asLong() + " tokens read, "
                  + analysis.path("completion_tokens").asLong() + " written")
          + (analysis.path("failure").isNull() ? "" : "; no verdict: " + analysis.path("failure").asString("")));
    }
  }
}
