package dev.porchlight.api;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.TakenPicture;
import dev.porchlight.http.Endpoint;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.FrameStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/cameras/{id}/snapshot}: the newest picture that was read from a camera, and when it was taken. For a stream
 * this is its next picture, moving or not; otherwise the latest file that the detector has read and that is unchanged.
 * Thread-safe.
 */
public final class Snapshots implements Endpoint {
  /** Cameras overwrite {@code latest.jpg}; the one before it is then most likely still there. */
  private static final int TRIES = 5;
  private static final String CACHE = "no-cache";

  private final CameraStore cameras;
  private final FrameStore frames;
  private final LivePictures live;

  public Snapshots(CameraStore cameras, FrameStore frames, LivePictures live) {
    this.cameras = cameras;
    this.frames = frames;
    this.live = live;
  }

  @Override
  public Response answer(Request request) throws Exception {
    request.allowQuery(Set.of());
    String id = Api.cameraOf(request);
    if (cameras.find(id).isEmpty()) {
      throw new ProblemException(404, "there is no camera " + id);
    }
    Optional<TakenPicture> shown = request.whileClientWaits(() -> live.latest(id));
    for (Frame frame : frames.latest(id, TRIES)) {
      if (shown.isPresent() && !frame.capturedAt().isAfter(shown.get().takenAt())) {
        break;
      }
      Response found = stored(request, frame);
      if (found != null) {
        return found;
      }
    }
    return shown.map(picture -> PictureResponse.of(request, picture, CACHE))
        .orElseThrow(() -> new ProblemException(404,
            "there is no picture of camera " + id + " that was read and is still there"));
  }

  private static @Nullable Response stored(Request request, Frame frame) throws IOException {
    try {
      return PictureResponse.of(request, frame.path(), frame.size(), frame.sha256(), frame.capturedAt(), CACHE);
    } catch (NoSuchFileException _) {
      return null;
    }
  }
}
