package dev.porchlight.http;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers with a file, or with the part of it that was asked for. Stateless. */
public final class FileResponse {
  private FileResponse() {}

  /**
   * 200 with all of it, 206 with a part, 304 when the client has it, or a problem of status 416. The file is opened, and
   * sent as the client takes it.
   *
   * @param file         a regular file, no symbolic link
   * @param cacheControl for how long, and by whom, the answer may be kept
   * @throws IOException when the file cannot be opened; {@link java.nio.file.NoSuchFileException} when it is gone
   */
  public static Response of(Request request, Path file, String contentType, String cacheControl) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      // A pipe would be opened for ever.
      throw new IOException(file + " is no regular file");
    }
    var version = Validators.of(attributes.size(), attributes.lastModifiedTime().toInstant());
    var headers = new HashMap<String, String>();
    headers.put("Cache-Control", cacheControl);
    headers.put("Accept-Ranges", "bytes");
    version.putInto(headers);
    if (version.areKnownTo(request)) {
      return new Response(304, contentType, new byte[0], headers);
    }
    var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    try {
      return of(version.allowRange(request) ? request.header("Range") : null, channel, contentType, headers);
    } catch (Throwable t) {
      channel.close();
      throw t;
    }
  }

  private static Response of(@Nullable String range, FileChannel channel, String contentType,
      Map<String, String> headers) throws IOException {
    long size = channel.size();
    return switch (ByteRange.of(range, size)) {
      case ByteRange.Whole _ -> new Response(200, contentType, new Body.Part(channel, 0, size, null), headers);
      case ByteRange.Part(long first, long length) -> {
        headers.put("Content-Range", "bytes " + first + "-" + (first + length - 1) + "/" + size);
        yield new Response(206, contentType, new Body.Part(channel, first, length, null), headers);
      }
      case ByteRange.Unsatisfiable _ -> throw new ProblemException(new Problem(416,
          "it has " + size + " bytes, and none of those that were asked for",
          Map.of("Content-Range", "bytes */" + size)));
    };
  }
}
