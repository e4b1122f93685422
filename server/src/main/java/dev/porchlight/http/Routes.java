package dev.porchlight.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server answers to, apart from {@code /ws/} and the page. A path parameter is written {@code :name}. */
public final class Routes {
  private final List<Get> gets = new ArrayList<>();
  private final List<Upload> uploads = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();

  /** Answers {@code GET path}. */
  public Routes get(String path, Endpoint endpoint) {
    gets.add(new Get(path, endpoint));
    return this;
  }

  /** Answers {@code POST path}, whose body does not matter. */
  public Routes post(String path, Endpoint endpoint) {
    actions.add(new Action("POST", path, endpoint));
    return this;
  }

  /** Answers {@code DELETE path}. */
  public Routes delete(String path, Endpoint endpoint) {
    actions.add(new Action("DELETE", path, endpoint));
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

  /** The methods that a path answers to, as the header {@code Allow} has them. */
  String allowed(@Nullable String path) {
    if (path == null) {
      return "GET, HEAD";
    }
    var methods = new LinkedHashSet<String>();
    if (gets.stream().anyMatch(route -> path.matches(pattern(route.path())))) {
      methods.addAll(List.of("GET", "HEAD"));
    }
    if (uploads.stream().anyMatch(route -> path.matches(pattern(route.path())))) {
      methods.add("POST");
    }
    actions.stream().filter(route -> path.matches(pattern(route.path()))).forEach(route -> methods.add(route.method()));
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

  List<Action> actions() {
    return actions;
  }

  record Action(String method, String path, Endpoint endpoint) {}

  record Get(String path, Endpoint endpoint) {}

  record Upload(String path, Path folder, long limit, UploadEndpoint endpoint) {}
}
