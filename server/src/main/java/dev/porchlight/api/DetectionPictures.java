package dev.porchlight.api;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.DetectionPicture;
import dev.porchlight.domain.PictureView;
import dev.porchlight.domain.RenderedPicture;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.http.Problem;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** The picture of a detection: as it is stored, with boxes and labels, or the part around what was detected. */
final class DetectionPictures {
  /** What was detected in which bytes never changes; the owner's browser may keep it, and nobody on the way. */
  private static final String CACHE = "private, max-age=86400, immutable";
  private static final int STANDARD_SIZE = 320;
  private static final int SMALLEST = 64;
  private static final int LARGEST = 1024;

  private final LongFunction<Optional<DetectionPicture>> find;
  private final MediaFolder folder;
  private final PictureRendering rendering;

  DetectionPictures(LongFunction<Optional<DetectionPicture>> find, MediaFolder folder, PictureRendering rendering) {
    this.find = find;
    this.folder = folder;
    this.rendering = rendering;
  }

  /** {@code …/image}, {@code …/image?annotated=true}. */
  Response image(Request request) throws Exception {
    request.allowQuery(Set.of("annotated"));
    boolean annotated = isAnnotated(request);
    DetectionPicture picture = picture(request);
    if (!annotated) {
      return stored(request, picture);
    }
    var others = picture.others().stream().map(other -> object(other.detection())).toList();
    return rendered(request, picture, "annotated",
        new PictureView.Annotated(object(picture.detection().detection()), others));
  }

  /** {@code …/thumbnail}, {@code …/thumbnail?size=640}. */
  Response thumbnail(Request request) throws Exception {
    request.allowQuery(Set.of("size"));
    int size = size(request);
    DetectionPicture picture = picture(request);
    return rendered(request, picture, "thumbnail" + size,
        new PictureView.Thumbnail(object(picture.detection().detection()).box(), size));
  }

  private Response stored(Request request, DetectionPicture picture) throws IOException {
    try {
      Response found = PictureResponse.of(request, fileOf(picture), picture.size(), picture.sha256(), null, CACHE);
      if (found == null) {
        throw overwritten(picture);
      }
      return found;
    } catch (NoSuchFileException _) {
      throw gone(picture);
    }
  }

  private Response rendered(Request request, DetectionPicture picture, String view, PictureView how)
      throws Exception {
    var validators = Validators.of(picture.sha256() + "-" + picture.detection().detection().id() + "-" + view);
    Map<String, String> headers = new HashMap<>();
    headers.put("Cache-Control", CACHE);
    validators.putInto(headers);
    if (validators.areKnownTo(request) && Files.exists(fileOf(picture))) {
      return new Response(304, "image/jpeg", new byte[0], headers);
    }
    return switch (request.whileClientWaits(() -> rendering.render(fileOf(picture), picture.sha256(), how))) {
      case RenderedPicture.Jpeg(byte[] bytes) -> new Response(200, "image/jpeg", bytes, headers);
      case RenderedPicture.Gone _ -> throw gone(picture);
      case RenderedPicture.Overwritten _ -> throw overwritten(picture);
      case RenderedPicture.Unreadable(String why) -> throw new ProblemException(422, why);
      case RenderedPicture.Busy busy -> throw new ProblemException(new Problem(503, "too many pictures at once",
          Map.of("Retry-After", Long.toString(Math.max(1, busy.retryAfter().toSeconds())))));
    };
  }

  private DetectionPicture picture(Request request) {
    long id = Ids.of(request, "a detection's");
    return find.apply(id).orElseThrow(() -> new ProblemException(404, "there is no detection " + id));
  }

  private Path fileOf(DetectionPicture picture) {
    return folder.stored(picture.detection().filePath());
  }

  private static DetectedObject object(Detection detection) {
    return new DetectedObject(detection.objectType(), detection.confidence(),
        new Box(detection.bboxX(), detection.bboxY(), detection.bboxWidth(), detection.bboxHeight()));
  }

  private static ProblemException gone(DetectionPicture picture) {
    return new ProblemException(410, nameOf(picture.detection()) + " is not there any more");
  }

  private static ProblemException overwritten(DetectionPicture picture) {
    return new ProblemException(410, nameOf(picture.detection()) + " has been overwritten with another since");
  }

  private static String nameOf(StoredDetection detection) {
    return "the picture of detection " + detection.detection().id() + ", " + detection.filePath() + ",";
  }

  private static boolean isAnnotated(Request request) {
    String text = request.query("annotated");
    return switch (text) {
      case null -> false;
      case "true" -> true;
      case "false" -> false;
      default -> throw new ProblemException(400, "annotated must be true or false, not " + text);
    };
  }

  private static int size(Request request) {
    String text = request.query("size");
    try {
      int size = text == null ? STANDARD_SIZE : Integer.parseInt(text);
      if (size >= SMALLEST && size <= LARGEST) {
        return size;
      }
    } catch (NumberFormatException _) {
      // Told with the range below.
    }
    throw new ProblemException(400, "size must be " + SMALLEST + " to " + LARGEST + " pixels, not " + text);
  }
}
