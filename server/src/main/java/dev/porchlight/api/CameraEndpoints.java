package dev.porchlight.api;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.SourceCheck;
import dev.porchlight.http.Problem;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/cameras} and what is below it, but for pictures. A password in a source is never answered. */
final class CameraEndpoints {
  private static final Set<String> LIST = Set.of("cursor", "limit");
  /** Ids made of one name: {@code yard}, {@code yard-2}, and so on. */
  private static final int NAMESAKES = 1_000;
  /** Each is a process beside the server. */
  private static final int TESTS_AT_ONCE = 2;

  private final CameraStore cameras;
  private final SourceTest test;
  private final Supplier<Instant> now;
  private final Semaphore tests = new Semaphore(TESTS_AT_ONCE);

  CameraEndpoints(CameraStore cameras, SourceTest test, Supplier<Instant> now) {
    this.cameras = cameras;
    this.test = test;
    this.now = now;
  }

  Response list(Request request) {
    request.allowQuery(LIST);
    return Lists.answer(cameras.list(Lists.cursor(request), Lists.limit(request)), ApiJson::camera);
  }

  Response one(Request request) {
    request.allowQuery(Set.of());
    return answer(200, find(Api.cameraOf(request)));
  }

  Response create(Request request, ObjectNode body) {
    request.allowQuery(Set.of());
    CameraForm.NewCamera wanted = CameraForm.created(body);
    Camera made = wanted.id() == null ? named(wanted) : made(wanted, wanted.id());
    if (made == null) {
      throw new ProblemException(409, "there is a camera " + wanted.id() + " already");
    }
    return answer(201, made).with("Location", "/api/cameras/" + made.id());
  }

  Response change(Request request, ObjectNode body) {
    request.allowQuery(Set.of());
    String id = Api.cameraOf(request);
    CameraForm form = CameraForm.change(body, find(id).settings().source());
    return answer(200, cameras.change(id, form::applied).orElseThrow(() -> unknown(id)));
  }

  Response delete(Request request) {
    request.allowQuery(Set.of("history"));
    String id = Api.cameraOf(request);
    String history = request.query("history");
    if (history == null || !Set.of("keep", "delete").contains(history)) {
      throw new ProblemException(400,
          "history must be keep (the camera goes, its detections and events stay listed) or "
              + "delete (they and the pictures that Porchlight has kept of it go too, and do not come back)");
    }
    if (!cameras.delete(id, history.equals("delete"), now.get())) {
      throw unknown(id);
    }
    return Response.empty();
  }

  /** With a source in the body it is that which is tried, so that one can be tried before it is set. */
  Response test(Request request, ObjectNode body) throws Exception {
    request.allowQuery(Set.of());
    Camera camera = find(Api.cameraOf(request));
    var fields = new BodyFields(body, Set.of("source"));
    CameraSource set = camera.settings().source();
    CameraSource source = CameraForm.source(fields, set).or(set);
    fields.check();
    if (source == null) {
      throw new ProblemException(409,
          "camera " + camera.id() + " has no source to try: it hands in pictures by itself");
    }
    if (!tests.tryAcquire()) {
      throw new ProblemException(
          new Problem(503, "other sources are being tried; come again in a moment", Map.of("Retry-After", "5")));
    }
    try {
      SourceCheck check = request.whileClientWaits(() -> test.test(source));
      return Response.json(200, json -> ApiJson.sourceCheck(json, check));
    } finally {
      tests.release();
    }
  }

  private Camera named(CameraForm.NewCamera wanted) {
    String base = CameraNames.idOf(wanted.name());
    for (int number = 1; number <= NAMESAKES; number++) {
      Camera made = made(wanted, number == 1 ? base : base + "-" + number);
      if (made != null) {
        return made;
      }
    }
    throw new ProblemException(409, "there are too many cameras of this name: give a camera_id");
  }

  /** Null when there is such a camera. */
  private @Nullable Camera made(CameraForm.NewCamera wanted, String id) {
    Camera camera = Camera.made(id, wanted.name(), wanted.settings(), now.get());
    try {
      return cameras.create(camera) ? find(id) : null;
    } catch (StoreException e) {
      if (e.isRefusal()) {
        throw new ProblemException(new Problem(409, "the history of the deleted camera " + id
            + " is still being forgotten: come again in a moment", Map.of("Retry-After", "5")));
      }
      throw e;
    }
  }

  private Camera find(String id) {
    return cameras.find(id).orElseThrow(() -> unknown(id));
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(404, "there is no camera " + id);
  }

  private static Response answer(int status, Camera camera) {
    return Response.json(status, json -> ApiJson.camera(json, camera));
  }
}
