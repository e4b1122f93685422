package dev.porchlight.api;

import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.Health;
import dev.porchlight.http.Endpoint;
import dev.porchlight.http.JsonEndpoint;
import dev.porchlight.http.Load;
import dev.porchlight.http.Problem;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.http.UnavailableException;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.DetectionStore;
import dev.porchlight.store.DiskFullException;
import dev.porchlight.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/** The REST interface: what happened, which cameras there are, how the server is, and a door for pictures. */
public final class Api {
  private final CameraEndpoints cameras;
  private final Snapshots snapshots;
  private final DetectionStore detections;
  private final Supplier<Health> health;
  private final String version;
  private final FrameUpload upload;

  /**
   * The interface over the store.
   *
   * @param snapshots shows what cameras see
   * @param health    how the server is now
   * @param version   of the server
   * @param upload    takes a posted picture
   * @param test      tries a camera's source
   * @param now       the time
   */
  public Api(CameraStore cameras, Snapshots snapshots, DetectionStore detections, Supplier<Health> health,
      String version, FrameUpload upload, SourceTest test, Supplier<Instant> now) {
    this.cameras = new CameraEndpoints(cameras, test, now);
    this.snapshots = snapshots;
    this.detections = detections;
    this.health = health;
    this.version = version;
    this.upload = upload;
  }

  /**
   * Adds the routes of REST.
   *
   * @param incoming   an existing folder for bodies being received
   * @param mostOfBody most bytes of a posted picture
   */
  public void addTo(Routes routes, Path incoming, long mostOfBody) {
    routes.get("/api/system/health", Load.VITAL, this::health)
        .get("/api/cameras", stored(cameras::list))
        .get("/api/cameras/:id", stored(cameras::one))
        .get("/api/cameras/:id/snapshot", Load.PICTURE, stored(snapshots))
        .post("/api/cameras", changing(cameras::create))
        .patch("/api/cameras/:id", changing(cameras::change))
        .delete("/api/cameras/:id", stored(cameras::delete))
        .post("/api/cameras/:id/test", changing(cameras::test))
        .get("/api/detections", stored(this::detections))
        .upload("/api/cameras/:id/frames", incoming, mostOfBody, upload);
  }

  /** An endpoint that answers 503 while the store does not work, and 507 when there is no room for what it writes. */
  static Endpoint stored(Endpoint endpoint) {
    return request -> {
      try {
        return endpoint.answer(request);
      } catch (StoreException e) {
        throw meaning(e);
      }
    };
  }

  /** As {@link #stored}. */
  static JsonEndpoint changing(JsonEndpoint endpoint) {
    return (request, body) -> {
      try {
        return endpoint.answer(request, body);
      } catch (StoreException e) {
        throw meaning(e);
      }
    };
  }

  private static RuntimeException meaning(StoreException e) {
    return e instanceof DiskFullException ? new ProblemException(Problem.diskFull()) : new UnavailableException(e);
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
