package dev.porchlight.api;

import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.Health;
import dev.porchlight.http.Endpoint;
import dev.porchlight.http.JsonEndpoint;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.http.UnavailableException;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.DetectionStore;
import dev.porchlight.store.FrameStore;
import dev.porchlight.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/** The REST interface: what happened, which cameras there are, how the server is, and a door for pictures. */
public final class Api {
  private final CameraEndpoints cameras;
  private final Snapshot snapshot;
  private final DetectionStore detections;
  private final Supplier<Health> health;
  private final String version;
  private final FrameUpload upload;

  /**
   * The interface over the store.
   *
   * @param health  how the server is now
   * @param version of the server
   * @param submit  takes a posted picture
   * @param test    tries a camera's source
   * @param now     the time
   */
  public Api(CameraStore cameras, FrameStore frames, DetectionStore detections,
      Supplier<Health> health, String version, FrameSubmit submit, SourceTest test, Supplier<Instant> now) {
    this.cameras = new CameraEndpoints(cameras, test, now);
    this.snapshot = new Snapshot(cameras, frames);
    this.detections = detections;
    this.health = health;
    this.version = version;
    this.upload = new FrameUpload(submit);
  }

  /**
   * Adds the routes of REST.
   *
   * @param incoming   an existing folder for bodies being received
   * @param mostOfBody most bytes of a posted picture
   */
  public void addTo(Routes routes, Path incoming, long mostOfBody) {
    routes.get("/api/system/health", this::health)
        .get("/api/cameras", stored(cameras::list))
        .get("/api/cameras/:id", stored(cameras::one))
        .get("/api/cameras/:id/snapshot", stored(snapshot))
        .post("/api/cameras", changing(cameras::create))
        .patch("/api/cameras/:id", changing(cameras::change))
        .delete("/api/cameras/:id", stored(cameras::delete))
        .post("/api/cameras/:id/test", changing(cameras::test))
        .get("/api/detections", stored(this::detections))
        .upload("/api/cameras/:id/frames", incoming, mostOfBody,
            (request, body) -> stored(asked -> upload.answer(asked, body)).answer(request));
  }

  /** An endpoint that answers 503 while the store does not work. */
  static Endpoint stored(Endpoint endpoint) {
    return request -> {
      try {
        return endpoint.answer(request);
      } catch (StoreException e) {
        throw new UnavailableException(e);
      }
    };
  }

  static JsonEndpoint changing(JsonEndpoint endpoint) {
    return (request, body) -> {
      try {
        return endpoint.answer(request, body);
      } catch (StoreException e) {
        throw new UnavailableException(e);
      }
    };
  }

  private Response health(Request request) {
    request.allowQuery(Set.of());
    Health now = health.get();
    return Response.json(now.status() == Health.Status.DOWN ? 503 : 200, json -> ApiJson.health(json, now, version));
  }

  private Response detections(Request request) {
    request.allowQuery(Lists.OF_CAMERA);
    return Lists.answer(detections.list(Lists.camera(request), Lists.cursor(request), Lists.limit(request)),
        ApiJson::detection);
  }

  static String cameraOf(Request request) {
    String id = request.pathParameter("id");
    if (!CameraId.isValid(id)) {
      throw new ProblemException(400, "a camera id is 1 to 64 of A-Z a-z 0-9 _ -");
    }
    return id;
  }
}
