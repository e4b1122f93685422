package dev.porchlight.api;

import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.domain.Submission;
import dev.porchlight.http.Load;
import dev.porchlight.http.Problem;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.UploadEndpoint;
import dev.porchlight.store.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code POST /api/cameras/{id}/frames}: 202 with the frame's id once the picture is on disk; with {@code ?wait=true} 200
 * with what was found, or 202 when that takes longer than 30 s, or too many wait already.
 */
public final class FrameUpload implements UploadEndpoint {
  /** Requests that wait for a result at once: half of the places for uploads, so that other uploads continue. */
  static final int MOST_WAITING = Load.UPLOAD.places() / 2;

  private static final long LONGEST_WAIT_SECONDS = 30;

  private final FrameSubmit submit;
  private final DiskSpace disk;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /**
   * Takes pictures.
   *
   * @param disk hears of bodies that could not be written
   */
  public FrameUpload(FrameSubmit submit, DiskSpace disk) {
    this.submit = submit;
    this.disk = disk;
  }

  @Override
  public Response answer(Request request, Path body) throws Exception {
    return Api.stored(asked -> submit(asked, body)).answer(request);
  }

  @Override
  public Optional<Problem> unwritten(IOException failure) {
    return disk.noteFailure(failure) ? Optional.of(Problem.diskFull()) : Optional.empty();
  }

  private Response submit(Request request, Path body) throws Exception {
    request.allowQuery(Set.of("wait"));
    boolean wait = wantsToWait(request);
    String cameraId = Api.cameraOf(request);
    return switch (submit.submit(cameraId, body, SenderTime.of(request))) {
      case Submission.Accepted accepted -> wait ? awaited(request, accepted) : taken(accepted);
      case Submission.Refused(Submission.Reason reason, String detail) -> throw new ProblemException(switch (reason) {
        case NOT_A_PICTURE -> 415;
        case TOO_LARGE -> 413;
        case DAMAGED, TOO_MANY_PIXELS -> 422;
      }, detail);
      case Submission.Busy busy -> throw new ProblemException(new Problem(429,
          "too many pictures of this camera are waiting", Map.of("Retry-After",
              Long.toString(Math.max(1, busy.retryAfter().toSeconds())))));
      case Submission.Closed(String detail) -> throw new ProblemException(409, detail);
      case Submission.UnknownCamera unknown -> throw new ProblemException(404, "there is no camera "
          + unknown.cameraId() + ", and camera.auto-create is off");
    };
  }

  private static Response taken(Submission.Accepted accepted) {
    return Response.json(202, json -> json.writeNumberProperty("frame_id", accepted.frame().id()));
  }

  private Response awaited(Request request, Submission.Accepted accepted) throws Exception {
    if (!waiting.tryAcquire()) {
      return taken(accepted);
    }
    try {
      FrameOutcome outcome = request.whileClientWaits(
          () -> accepted.outcome().get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
      if (outcome.state() != FrameState.DONE) {
        throw new ProblemException(422, outcome.reason());
      }
      return Response.json(200, json -> {
        json.writeNumberProperty("frame_id", accepted.frame().id());
        json.writeArrayPropertyStart("detections");
        for (StoredDetection detection : outcome.detections()) {
          json.writeStartObject();
          ApiJson.detection(json, detection);
          json.writeEndObject();
        }
        json.writeEndArray();
      });
    } catch (TimeoutException | ExecutionException | InterruptedException _) {
      // The frame is in the ledger: it will be looked at, only not while somebody waits, or not before the next start.
      return taken(accepted);
    } finally {
      waiting.release();
    }
  }

  private static boolean wantsToWait(Request request) {
    String wait = request.query("wait");
    return switch (wait) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default -> throw new ProblemException(400, "wait must be true or false, not " + wait);
    };
  }
}
