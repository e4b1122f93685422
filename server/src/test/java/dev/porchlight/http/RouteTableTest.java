package dev.porchlight.http;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RouteTableTest {
  private final RouteTable table = new RouteTable(new Routes().get("/api/cameras", _ -> Response.empty())
      .get("/api/cameras/:id", _ -> Response.empty())
      .delete("/api/cameras/:id", _ -> Response.empty())
      .get("/api/cameras/:id/snapshot", _ -> Response.empty())
      .get("/api/media/*", _ -> Response.empty()));

  @Test
  void aRouteIsFoundByItsMethodAndItsPath() {
    assertThat(found("GET", "/api/cameras")).isEqualTo("/api/cameras {}");
    assertThat(found("HEAD", "/api/cameras/front")).isEqualTo("/api/cameras/:id {id=front}");
    assertThat(found("DELETE", "/api/cameras/front")).isEqualTo("/api/cameras/:id {id=front}");
    assertThat(found("GET", "/api/cameras/a/snapshot")).isEqualTo("/api/cameras/:id/snapshot {id=a}");
    assertThat(found("GET", "/api/media/uploads/a/b.jpg")).isEqualTo("/api/media/* {}");
  }

  @Test
  void aParameterIsDecodedAndAPlusStays() {
    assertThat(found("GET", "/api/cameras/a%20b+c%2Fd")).isEqualTo("/api/cameras/:id {id=a b+c/d}");
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> table.find("GET", "/api/cameras/%zz"))
        .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/api", "/api/cameras/", "/api//cameras", "/api/cameras//snapshot", "/API/cameras",
    "/api/./cameras", "/x/../api/cameras", "/api/cameras/a/snapshot/b", "api/cameras", "/api/media"})
  void anotherPathIsNone(String path) {
    assertThat(table.find("GET", path)).isEmpty();
    assertThat(table.allowed(path)).isEmpty();
  }

  @Test
  void theMethodsOfAPathAreKnown() {
    assertThat(table.find("POST", "/api/cameras/front")).isEmpty();
    assertThat(table.allowed("/api/cameras/front")).hasValue("DELETE, GET, HEAD");
    assertThat(table.allowed("/api/cameras")).hasValue("GET, HEAD");
  }

  private String found(String method, String path) {
    RouteTable.Match match = table.find(method, path).orElseThrow();
    return match.route().path() + " " + Map.copyOf(match.parameters());
  }
}
