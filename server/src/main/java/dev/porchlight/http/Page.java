package dev.porchlight.http;

import dev.porchlight.domain.Sha256;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page and its parts: the folder {@code web} of the class path, read once at start and served from memory. Files in the
 * working directory are never read. Immutable.
 */
final class Page {
  private static final String INDEX = "/index.html";
  private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js",
      "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml", "png", "image/png",
      "json", "application/json", "webmanifest", "application/manifest+json", "woff2", "font/woff2");
  /** File names do not change with their content, so browsers revalidate each; an unchanged file costs a 304. */
  private static final String CACHE = "no-cache";

  private final Map<String, Part> parts;

  private Page(Map<String, Part> parts) {
    this.parts = Map.copyOf(parts);
  }

  /**
   * Reads all of it.
   *
   * @throws IOException when the program is incomplete
   */
  static Page load() throws IOException {
    URL index = Page.class.getResource("/web" + INDEX);
    if (index == null) {
      throw new IOException("the program has no page: web" + INDEX + " is not on the class path");
    }
    try {
      if (index.openConnection() instanceof JarURLConnection connection) {
        // By its path and not by its URI: a file system with a URI may exist only once in a process.
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(connection.getJarFileURL().toURI()))) {
          return new Page(read(jar.getPath("/web")));
        }
      }
      return new Page(read(Path.of(index.toURI()).resolveSibling("")));
    } catch (URISyntaxException e) {
      throw new IOException("the page at " + index + " cannot be read", e);
    }
  }

  /** True when there is something at this path, as it was sent. */
  boolean serves(String path) {
    return parts.containsKey(named(path));
  }

  /** 200 or 304; empty when there is nothing at this path. */
  Optional<Response> answer(Request request) {
    return Optional.ofNullable(parts.get(named(request.path()))).map(part -> {
      var headers = new HashMap<>(Map.of("Cache-Control", CACHE));
      part.validators.putInto(headers);
      return part.validators.areKnownTo(request)
          ? new Response(304, "", new byte[0], headers)
          : new Response(200, part.type, part.bytes, headers);
    });
  }

  private static String named(String path) {
    return path.equals("/") ? INDEX : path;
  }

  private static Map<String, Part> read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    var parts = new HashMap<String, Part>();
    for (Path file : files) {
      String path = "/" + folder.relativize(file).toString().replace('\\', '/');
      String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
      if (type == null) {
        throw new IOException("web" + path + " is of no type that the server knows");
      }
      byte[] bytes = Files.readAllBytes(file);
      parts.put(path, new Part(type, bytes, Validators.of(Sha256.of(bytes))));
    }
    return parts;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Part(String type, byte[] bytes, Validators validators) {}
}
