package dev.porchlight.api;

import dev.porchlight.RestSchemas;
import dev.porchlight.domain.Health;
import dev.porchlight.domain.RenderedPicture;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.SourceCheck;
import dev.porchlight.domain.Submission;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Routes;
import dev.porchlight.store.NamingEncoder;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcAnalysisStore;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.JdbcDetectionStore;
import dev.porchlight.store.jdbc.JdbcEventStore;
import dev.porchlight.store.jdbc.JdbcFrameStore;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** {@code docs/openapi.yaml} describes the routes that there are, and what they take and answer. */
class OpenApiTest {
  private static final RestSchemas SCHEMAS = RestSchemas.load();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CAMERA = """
                                       {"camera_id":"front","name":"Front door","status":"online","last_seen_at":"2025-12-23T12:00:00.250Z",\
                                       "created_at":"2025-12-23T12:00:00Z","source":"rtsp://***@192.0.2.7/h264?pwd=***","fps":2,"sensitivity":0.5,\
                                       "areas":[[[0,0.5],[1,0.5],[1,1]]],"enabled":true,"offline_after":90,"place":"above the door","scene":"entrance",\
                                       "normal":"the postman at noon"}""";

  @TempDir
  private Path folder;

  @Test
  void everyRouteIsDescribedAndNothingElseIs() {
    try (var data = DataFolder.open(folder.resolve("data"));
        var database = SqliteDatabase.open(data, Clock.systemUTC())) {
      var cameras = new JdbcCameraStore(database);
      var api = new Api(cameras, new Snapshots(cameras, new JdbcFrameStore(database), _ -> Optional.empty()),
          new JdbcDetectionStore(database), () -> new Health(Map.of()), "1",
          new FrameUpload((id, _, _) -> new Submission.UnknownCamera(id), _ -> false),
          _ -> new SourceCheck.Failed("no", Duration.ZERO),
          Clock.systemUTC()::instant);
      var routes = new Routes();
      api.addTo(routes, folder, 1);
      new FtpAccountRoutes(new JdbcCameraStore(database), true, new NoFtp(), Clock.systemUTC()).addTo(routes);
      new EventApi(new JdbcEventStore(database, new JdbcJournal(database, new NamingEncoder()), _ -> RiskLevel.LOW),
          new JdbcAnalysisStore(database), _ -> List.of(), _ -> {}, (_, _) -> new EventAnalysis.Result.Unknown())
          .addTo(routes);
      new PictureApi(new JdbcDetectionStore(database), data.path(), (_, _, _) -> new RenderedPicture.Gone())
          .addTo(routes);

      assertThat(routes.described().stream().map(route -> route.replaceAll(":([a-z]+)", "{$1}").replace("*", "{path}")))
          .containsExactlyInAnyOrderElementsOf(SCHEMAS.operations());
    }
  }

  @Test
  void anAnswerWithAFieldLeftOutAddedOrOfAnotherTypeIsRefused() {
    assertThat(violations(CAMERA)).isEmpty();
    for (String field : JSON.readTree(CAMERA).propertyNames()) {
      assertThat(violations(camera().without(List.of(field)).toString())).as(field).isNotEmpty();
      assertThat(violations(camera().set(field, JSON.createObjectNode()).toString())).as(field).isNotEmpty();
    }
    assertThat(violations(camera().put("more", 1).toString())).isNotEmpty();
  }

  @Test
  void whatIsNotDescribedIsRefused() {
    assertThat(SCHEMAS.violations("GET", "/api/cameras/front", 200, "text/html", CAMERA)).isNotEmpty();
    assertThat(SCHEMAS.violations("GET", "/api/cameras/front", 201, "application/json", CAMERA)).isNotEmpty();
    assertThat(SCHEMAS.violations("DELETE", "/api/cameras/front", 204, "", "{}")).isNotEmpty();
    assertThat(SCHEMAS.violations("GET", "/api/cameras/front", 404, "application/problem+json", "{}")).isNotEmpty();
    assertThat(SCHEMAS.violations("GET", "/api/cameras/front", 404, "application/problem+json",
        "{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":\"there is no camera front\"}"))
        .isEmpty();
  }

  /** The document and the reader agree on what may be set: what one refuses, the other does. */
  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":\"x\"}", "{\"name\":\"\"}", "{\"name\":1}",
    "{\"source\":\"rtsp://host/\"}", "{\"source\":\"file:///etc/passwd\"}", "{\"source\":null}", "{\"fps\":30}",
    "{\"fps\":30.5}", "{\"fps\":0}", "{\"fps\":\"2\"}", "{\"fps\":null}", "{\"sensitivity\":0}",
    "{\"sensitivity\":1.01}", "{\"areas\":[]}", "{\"areas\":null}", "{\"areas\":[[[0,0],[1,1]]]}",
    "{\"areas\":[[[0,0],[1,1],[0,1]]]}", "{\"areas\":[[[0,0],[1,1],[0,1.1]]]}", "{\"areas\":[[[0,0],[1,1],[0]]]}",
    "{\"areas\":{}}", "{\"enabled\":true}", "{\"enabled\":null}", "{\"enabled\":\"yes\"}", "{\"offline_after\":0.1}",
    "{\"offline_after\":0}", "{\"offline_after\":2592001}", "{\"place\":\"gate\"}", "{\"place\":\"\"}",
    "{\"place\":null}",
    "{\"place\":7}", "{\"scene\":\"garden\"}", "{\"scene\":null}", "{\"scene\":\"moon\"}", "{\"scene\":1}",
    "{\"normal\":\"a cat\"}", "{\"normal\":[]}", "{\"camera_id\":\"front\"}", "{\"colour\":\"red\"}"})
  void theDocumentTakesWhatIsTaken(String body) {
    boolean isDescribed = SCHEMAS.violationsOfRequest("PATCH /api/cameras/{id}", body).isEmpty();
    var json = (ObjectNode) JSON.readTree(body);

    if (isDescribed) {
      CameraForm.change(json, null);
    } else {
      assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> CameraForm.change(json, null));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"reviewed\":true}", "{\"reviewed\":null}", "{\"reviewed\":1}",
    "{\"verdict\":\"missed\"}",
    "{\"verdict\":null}", "{\"verdict\":\"wrong\"}", "{\"verdict\":true}", "{\"notes\":\"\"}", "{\"notes\":null}",
    "{\"notes\":3}", "{\"risk_score\":1}"})
  void theDocumentTakesWhatIsTakenOfAReview(String body) {
    boolean isDescribed = SCHEMAS.violationsOfRequest("PATCH /api/events/{id}", body).isEmpty();
    var json = (ObjectNode) JSON.readTree(body);

    if (isDescribed) {
      ReviewForm.read(json);
    } else {
      assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ReviewForm.read(json));
    }
  }

  /** FTP that is off. */
  private record NoFtp() implements FtpAccess {
    @Override
    public boolean isOn() {
      return false;
    }

    @Override
    public String create(String cameraId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Instant> createdAt(String cameraId) {
      return Optional.empty();
    }

    @Override
    public boolean remove(String cameraId) {
      return false;
    }

    @Override
    public String host() {
      return "";
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public String tls() {
      return "off";
    }
  }

  private static ObjectNode camera() {
    return (ObjectNode) JSON.readTree(CAMERA);
  }

  private static List<String> violations(String body) {
    return SCHEMAS.violations("GET", "/api/cameras/front", 200, "application/json", body);
  }
}
