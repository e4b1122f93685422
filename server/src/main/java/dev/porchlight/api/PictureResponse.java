package dev.porchlight.api;

import dev.porchlight.domain.Sha256;
import dev.porchlight.domain.TakenPicture;
import dev.porchlight.http.Body;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Validators;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Responses with a picture that is identified by its hash. Stateless. */
final class PictureResponse {
  private static final int BUFFER_BYTES = 64 * 1024;

  private PictureResponse() {}

  /**
   * 200 or 304 for a stored picture. The file is opened once; the same descriptor is hashed and sent. It is hashed again while
   * it is sent, since a camera may overwrite it meanwhile and the response may be cached as immutable.
   *
   * @param sha256  of the bytes that the file must still hold
   * @param takenAt when the picture was taken, or null not to say
   * @return null when the file holds other bytes by now
   * @throws IOException when it cannot be read; {@link java.nio.file.NoSuchFileException} when it is gone
   */
  static @Nullable Response of(Request request, Path file, long size, String sha256, @Nullable Instant takenAt,
      String cacheControl) throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      // A pipe would be opened for ever.
      return null;
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    Response answer = null;
    try {
      if (channel.size() == size && sha256(channel).equals(sha256)) {
        answer = of(request, channel, file, new Validators('"' + sha256 + '"', takenAt), sha256, cacheControl);
      }
      return answer;
    } finally {
      if (answer == null || !(answer.body() instanceof Body.Part)) {
        channel.close();
      }
    }
  }

  /** 200 or 304 for a picture in memory. */
  static Response of(Request request, TakenPicture picture, String cacheControl) {
    var validators = new Validators('"' + Sha256.of(picture.jpeg()) + '"', picture.takenAt());
    return validators.areKnownTo(request)
        ? unchanged(validators, cacheControl)
        : new Response(200, "image/jpeg", picture.jpeg(), headers(validators, cacheControl));
  }

  private static Response of(Request request, FileChannel channel, Path file, Validators validators, String sha256,
      String cacheControl) throws IOException {
    if (validators.areKnownTo(request)) {
      return unchanged(validators, cacheControl);
    }
    String type = MediaType.of(channel, file).orElse("application/octet-stream");
    return new Response(200, type, new Body.Part(channel, 0, channel.size(), sha256),
        headers(validators, cacheControl));
  }

  private static Response unchanged(Validators validators, String cacheControl) {
    return new Response(304, "", new byte[0], headers(validators, cacheControl));
  }

  private static Map<String, String> headers(Validators validators, String cacheControl) {
    var headers = new HashMap<>(Map.of("Cache-Control", cacheControl));
    validators.putInto(headers);
    return headers;
  }

  private static String sha256(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.digest();
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    long at = 0;
    for (int read = channel.read(buffer, at); read > 0; read = channel.read(buffer, at)) {
      digest.update(buffer.flip());
      buffer.clear();
      at += read;
    }
    return Sha256.of(digest);
  }
}
