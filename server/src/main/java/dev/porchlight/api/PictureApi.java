package dev.porchlight.api;

import dev.porchlight.http.FileResponse;
import dev.porchlight.http.Load;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.store.DetectionStore;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/** The part of REST that shows pictures: those of detections, and the files that cameras sent. */
public final class PictureApi {
  private static final String MEDIA = "/api/media/";
  /** A camera may write over a file of the same name: kept, but asked for again each time, which costs a 304. */
  private static final String CACHE = "private, no-cache";

  private final DetectionStore detections;
  private final MediaFolder folder;
  private final DetectionPictures pictures;

  /**
   * Over the store and the files.
   *
   * @param data the data folder
   */
  public PictureApi(DetectionStore detections, Path data, PictureRendering rendering) {
    this.detections = detections;
    this.folder = new MediaFolder(data);
    this.pictures = new DetectionPictures(detections::picture, folder, rendering);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.get("/api/detections/:id", Api.stored(this::detection))
        .get("/api/detections/:id/image", Load.PICTURE, Api.stored(pictures::image))
        .get("/api/detections/:id/thumbnail", Load.PICTURE, Api.stored(pictures::thumbnail))
        .get(MEDIA + "*", Load.PICTURE, this::media);
  }

  private Response detection(Request request) {
    request.allowQuery(Set.of());
    long id = Ids.of(request, "a detection's");
    return detections.find(id)
        .map(found -> Response.json(200, json -> ApiJson.detection(json, found)))
        .orElseThrow(() -> new ProblemException(404, "there is no detection " + id));
  }

  private Response media(Request request) throws IOException {
    request.allowQuery(Set.of());
    try {
      Path file = folder.find(pathOf(request)).orElseThrow(PictureApi::nothing);
      String type = MediaType.of(file).orElseThrow(PictureApi::nothing);
      return FileResponse.of(request, file, type, CACHE);
    } catch (NoSuchFileException _) {
      throw nothing();
    }
  }

  /** By hand: what a router makes of a path has been resolved, and this one is to be seen with all its dots. */
  private static String pathOf(Request request) {
    String path = request.path();
    if (!path.startsWith(MEDIA)) {
      throw nothing();
    }
    try {
      return URLDecoder.decode(path.substring(MEDIA.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw nothing();
    }
  }

  private static ProblemException nothing() {
    return new ProblemException(404, "there is no such picture or clip");
  }
}
