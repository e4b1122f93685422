package dev.porchlight.api;

import dev.porchlight.http.Problem;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.json.WireJson;
import dev.porchlight.store.CameraStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/cameras/{id}/ftp}: {@code POST} makes a camera's FTP account, or gives it another password, and is the only
 * one to show it; {@code GET} says what to enter but for the password; {@code DELETE} removes the account.
 */
public final class FtpAccountRoutes {
  private static final String PATH = "/api/cameras/:id/ftp";
  private static final Map<String, String> NOT_TO_BE_KEPT = Map.of("Cache-Control", "no-store");

  private final CameraStore cameras;
  private final boolean autoCreate;
  private final FtpAccess ftp;
  private final Clock clock;

  /**
   * The routes.
   *
   * @param autoCreate {@code camera.auto-create}: an account for an unknown camera makes it known
   */
  public FtpAccountRoutes(CameraStore cameras, boolean autoCreate, FtpAccess ftp, Clock clock) {
    this.cameras = cameras;
    this.autoCreate = autoCreate;
    this.ftp = ftp;
    this.clock = clock;
  }

  /** Adds them. */
  public void addTo(Routes routes) {
    routes.get(PATH, Api.stored(this::show))
        .post(PATH, Api.changing(this::create))
        .delete(PATH, Api.stored(this::remove));
  }

  private Response create(Request request, ObjectNode body) {
    request.allowQuery(Set.of());
    if (!body.isEmpty()) {
      throw new ProblemException(400, "there is nothing to be said of an FTP account: send no body");
    }
    String cameraId = Api.cameraOf(request);
    requireOn();
    if (autoCreate) {
      var _ = cameras.ensure(cameraId, clock.instant());
    }
    if (cameras.find(cameraId).isEmpty()) {
      throw new ProblemException(404, "there is no camera " + cameraId);
    }
    String password = ftp.create(cameraId);
    Response shown = Response.json(201, json -> account(json, cameraId, password, null));
    return new Response(shown.status(), shown.contentType(), shown.body(), NOT_TO_BE_KEPT);
  }

  private Response show(Request request) {
    request.allowQuery(Set.of());
    String cameraId = Api.cameraOf(request);
    Instant createdAt = ftp.createdAt(cameraId).orElseThrow(() -> missing(cameraId));
    return Response.json(200, json -> account(json, cameraId, null, createdAt));
  }

  private Response remove(Request request) {
    request.allowQuery(Set.of());
    String cameraId = Api.cameraOf(request);
    if (!ftp.remove(cameraId)) {
      throw missing(cameraId);
    }
    return new Response(204, "application/json", new byte[0], Map.of());
  }

  private void account(JsonGenerator json, String cameraId, @Nullable String password, @Nullable Instant createdAt) {
    WireJson.text(json, "username", cameraId);
    if (password != null) {
      WireJson.text(json, "password", password);
    }
    WireJson.text(json, "host", ftp.isOn() ? ftp.host() : null);
    if (ftp.isOn()) {
      json.writeNumberProperty("port", ftp.port());
    } else {
      json.writeNullProperty("port");
    }
    WireJson.text(json, "tls", ftp.tls());
    if (createdAt != null) {
      WireJson.time(json, "created_at", createdAt);
    }
  }

  private void requireOn() {
    if (!ftp.isOn()) {
      throw new ProblemException(new Problem(409, "FTP is off: set ftp.port, and restart the server"));
    }
  }

  private static ProblemException missing(String cameraId) {
    return new ProblemException(404, "camera " + cameraId + " has no FTP account");
  }
}
