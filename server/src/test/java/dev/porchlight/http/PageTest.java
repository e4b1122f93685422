package dev.porchlight.http;

import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PageTest {
  private final Page page;

  PageTest() throws IOException {
    page = Page.load();
  }

  @ParameterizedTest
  @CsvSource({"/,text/html; charset=utf-8", "/index.html,text/html; charset=utf-8",
    "/app.js,text/javascript; charset=utf-8", "/style.css,text/css; charset=utf-8", "/icon.svg,image/svg+xml"})
  void everyPartHasItsTypeAndIsAskedForAgain(String path, String type) {
    Response answer = page.answer(request(path, null)).orElseThrow();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo(type);
    assertThat(answer.headers()).containsEntry("Cache-Control", "no-cache");
    assertThat(page.serves(path)).isTrue();
    Response again = page.answer(request(path, Objects.requireNonNull(answer.headers().get("ETag")))).orElseThrow();
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.headers()).containsEntry("ETag", answer.headers().get("ETag"));
    assertThat(page.answer(request(path, "\"other\"")).orElseThrow().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/nothing", "/web/index.html", "/../db/migration", "/%2e%2e/db", "//index.html",
    "/index.html/", "/./index.html", "/logback.xml", "/app.js%00", "/APP.JS"})
  void nothingElseIsServed(String path) {
    assertThat(page.serves(path)).isFalse();
    assertThat(page.answer(request(path, null))).isEmpty();
  }

  @Test
  void thePartsAreTheirOwn() {
    assertThat(page.answer(request("/app.js", null)).orElseThrow().headers().get("ETag"))
        .isNotEqualTo(page.answer(request("/", null)).orElseThrow().headers().get("ETag"));
  }

  private static Request request(String path, @Nullable String tag) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (tag != null) {
      headers.add("If-None-Match", tag);
    }
    return new Request(path, Map.of(), MultiMap.caseInsensitiveMultiMap(), headers, new ClientPresence());
  }
}
