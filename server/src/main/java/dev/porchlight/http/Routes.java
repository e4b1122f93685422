package dev.porchlight.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the server answers to, apart from {@code /ws/} and the page. A path parameter is written {@code :name}. */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /** Answers {@code GET path}, which takes milliseconds. */
  public Routes get(String path, Endpoint endpoint) {
    return get(path, Load.QUICK, endpoint);
  }

  /** Answers {@code GET path}; a path that ends in {@code *} stands for all below it. */
  public Routes get(String path, Load load, Endpoint endpoint) {
    routes.add(new Get(path, load, endpoint));
    return this;
  }

  /**
   * Answers {@code POST path}, whose body is first written to a file.
   *
   * @param folder where that file is made; it must exist
   * @param limit  most bytes of the body
   */
  public Routes upload(String path, Path folder, long limit, UploadEndpoint endpoint) {
    routes.add(new Upload(path, folder, limit, endpoint));
    return this;
  }

  /** Answers {@code POST path} with a JSON object of at most 64 KiB as its body; without a body it is an empty one. */
  public Routes post(String path, JsonEndpoint endpoint) {
    return post(path, Load.QUICK, endpoint);
  }

  /** As {@link #post(String, JsonEndpoint)}, for what takes longer. */
  public Routes post(String path, Load load, JsonEndpoint endpoint) {
    routes.add(new Change("POST", path, load, endpoint));
    return this;
  }

  /** Answers {@code PATCH path} with a JSON object of at most 64 KiB as its body. */
  public Routes patch(String path, JsonEndpoint endpoint) {
    routes.add(new Change("PATCH", path, Load.QUICK, endpoint));
    return this;
  }

  /** Answers {@code DELETE path}. */
  public Routes delete(String path, Endpoint endpoint) {
    routes.add(new Change("DELETE", path, Load.QUICK, (request, _) -> endpoint.answer(request)));
    return this;
  }

  /** What is answered, each as {@code GET /path/:name}, in the order in which it was added. */
  public List<String> described() {
    return routes.stream().map(route -> route.method() + " " + route.path()).toList();
  }

  List<Route> all() {
    return List.copyOf(routes);
  }

  /** One method of one path. */
  sealed interface Route {
    String method();

    String path();

    Load load();
  }

  record Get(String path, Load load, Endpoint endpoint) implements Route {
    @Override
    public String method() {
      return "GET";
    }
  }

  record Upload(String path, Path folder, long limit, UploadEndpoint endpoint) implements Route {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public Load load() {
      return Load.UPLOAD;
    }
  }

  record Change(String method, String path, Load load, JsonEndpoint endpoint) implements Route {}
}
