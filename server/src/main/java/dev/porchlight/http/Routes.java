package dev.porchlight.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the server answers to, apart from {@code /ws/} and the page. A path parameter is written {@code :name}. */
public final class Routes {
  private final List<Get> gets = new ArrayList<>();
  private final List<Upload> uploads = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();

  /** Answers {@code GET path}. */
  public Routes get(String path, Endpoint endpoint) {
    gets.add(new Get(path, endpoint));
    return this;
  }

  /**
   * Answers {@code POST path}, whose body is first written to a file.
   *
   * @param folder where that file is made; it must exist
   * @param limit  most bytes of the body
   */
  public Routes upload(String path, Path folder, long limit, UploadEndpoint endpoint) {
    uploads.add(new Upload(path, folder, limit, endpoint));
    return this;
  }

  /** Answers {@code POST path} with a JSON object of at most 64 KiB, or with nothing, as its body. */
  public Routes post(String path, JsonEndpoint endpoint) {
    changes.add(new Change("POST", path, endpoint));
    return this;
  }

  /** Answers {@code PATCH path} with a JSON object of at most 64 KiB as its body. */
  public Routes patch(String path, JsonEndpoint endpoint) {
    changes.add(new Change("PATCH", path, endpoint));
    return this;
  }

  /** Answers {@code DELETE path}. */
  public Routes delete(String path, Endpoint endpoint) {
    changes.add(new Change("DELETE", path, (request, _) -> endpoint.answer(request)));
    return this;
  }

  /** What is answered, each as {@code GET /path/:name}, in the order in which it was added, by kind. */
  public List<String> described() {
    var all = new ArrayList<String>();
    gets.forEach(route -> all.add("GET " + route.path));
    uploads.forEach(route -> all.add("POST " + route.path));
    changes.forEach(route -> all.add(route.method + " " + route.path));
    return all;
  }

  /** The methods that a path answers to, as the header {@code Allow} has them. */
  String allowed(@Nullable String path) {
    Set<String> methods = new LinkedHashSet<>();
    for (String route : described()) {
      int space = route.indexOf(' ');
      if (path != null && path.matches(pattern(route.substring(space + 1)))) {
        methods.add(route.substring(0, space).replace("GET", "GET, HEAD"));
      }
    }
    return methods.isEmpty() ? "GET, HEAD" : String.join(", ", methods);
  }

  private static String pattern(String path) {
    return path.replaceAll(":[a-z]+", "[^/]+");
  }

  List<Get> gets() {
    return gets;
  }

  List<Upload> uploads() {
    return uploads;
  }

  List<Change> changes() {
    return changes;
  }

  record Get(String path, Endpoint endpoint) {}

  record Upload(String path, Path folder, long limit, UploadEndpoint endpoint) {}

  record Change(String method, String path, JsonEndpoint endpoint) {}
}
