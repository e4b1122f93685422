package dev.porchlight.api;

import dev.porchlight.domain.Frame;
import dev.porchlight.http.Endpoint;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.FrameStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/cameras/{id}/snapshot}: the latest picture of a camera that was looked at, as it came. What is sent are the
 * very bytes that were taken: a file that is another by now is passed over for the one before.
 */
final class Snapshot implements Endpoint {
  /** Cameras overwrite {@code latest.jpg}; the one before it is then most likely still there. */
  private static final int TRIES = 5;
  /** Pictures in memory at once, each up to the most that a picture may have. */
  private static final int AT_ONCE = 2;
  private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-cache");

  private final CameraStore cameras;
  private final FrameStore frames;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  Snapshot(CameraStore cameras, FrameStore frames) {
    this.cameras = cameras;
    this.frames = frames;
  }

  @Override
  public Response answer(Request request) throws InterruptedException {
    request.allowQuery(Set.of());
    String id = Api.cameraOf(request);
    if (cameras.find(id).isEmpty()) {
      throw new ProblemException(404, "there is no camera " + id);
    }
    for (Frame frame : frames.latest(id, TRIES)) {
      Response found = answer(frame, request.header("If-None-Match"));
      if (found != null) {
        return found;
      }
    }
    throw new ProblemException(404, "there is no picture of camera " + id + " that was looked at and is still there");
  }

  private @Nullable Response answer(Frame frame, @Nullable String known) throws InterruptedException {
    String tag = "\"" + frame.sha256() + "\"";
    places.acquire();
    try {
      if (!Files.isRegularFile(frame.path()) || Files.size(frame.path()) != frame.size()) {
        return null;
      }
      if (tag.equals(known)) {
        return new Response(304, "", new byte[0], HEADERS).with("ETag", tag);
      }
      byte[] bytes = Files.readAllBytes(frame.path());
      return sha256(bytes).equals(frame.sha256())
          ? new Response(200, typeOf(bytes), bytes, HEADERS).with("ETag", tag)
          : null;
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("the picture " + frame.path() + " cannot be read: " + e, e);
    } finally {
      places.release();
    }
  }

  /** Nothing but JPEG and PNG is ever looked at. */
  private static String typeOf(byte[] picture) {
    return (picture[0] & 0xff) == 0x89 ? "image/png" : "image/jpeg";
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
