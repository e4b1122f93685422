package dev.porchlight.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelBuildTest {
  private static final TinyGraph GRAPH = new TinyGraph().input("x").node("Relu6", "y", List.of("x"));
  private static final byte[] ONNX = GRAPH.onnx("x", Shape.of(2), "y");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(said, true, StandardCharsets.UTF_8);
  private final AtomicInteger fetches = new AtomicInteger();

  @TempDir
  private Path folder;
  private Path cache;
  private Path output;
  private ModelBuild build;

  @BeforeEach
  void publishAPackage() throws IOException {
    cache = folder.resolve("cache");
    output = folder.resolve("target/onnx/tiny.onnx");
    Path published = Tarballs.write(folder.resolve("published.tgz"),
        Map.of("package/model.json", GRAPH.modelJson(), "package/" + TinyGraph.SHARD, GRAPH.shard()));
    build = new ModelBuild(recipe(Sha256.of(ONNX)), cache, _ -> {
      fetches.incrementAndGet();
      return published;
    }, log);
  }

  private static Recipe recipe(String sha256) {
    SourcePackage source = new SourcePackage("tiny", "1.0.0", "package/",
        Map.of("model.json", Sha256.of(GRAPH.modelJson()), TinyGraph.SHARD, Sha256.of(GRAPH.shard())));
    return new Recipe("tiny", source, new Cut("x", Shape.of(2), List.of("y")), Map.of(), sha256);
  }

  @Test
  void putsTheConvertedModelInPlaceAndNothingBesides() throws IOException {
    build.buildTo(output);

    assertThat(output).hasBinaryContent(ONNX);
    assertThat(names(folder.resolve("target/onnx"))).containsExactly("tiny.onnx");
    assertThat(names(cache)).containsExactlyInAnyOrder("tiny-1.0.0.tgz", build.recipe().cacheName());
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("converted tiny@1.0.0 to ONNX: " + ONNX.length + " bytes");
  }

  @Test
  void neitherFetchesNorConvertsAgainAfterAClean() throws IOException {
    build.buildTo(output);
    Files.delete(output);
    said.reset();

    build.buildTo(output);

    assertThat(output).hasBinaryContent(ONNX);
    assertThat(fetches).hasValue(1);
    assertThat(said.size()).isZero();
  }

  @Test
  void leavesAFileThatIsRightUntouched() throws IOException {
    build.buildTo(output);
    FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(output, before);

    build.buildTo(output);

    assertThat(Files.getLastModifiedTime(output)).isEqualTo(before);
  }

  @Test
  void replacesAnOutputThatIsNotRight() throws IOException {
    Files.createDirectories(folder.resolve("target/onnx"));
    Files.writeString(output, "half a mod");

    build.buildTo(output);

    assertThat(output).hasBinaryContent(ONNX);
  }

  @Test
  void convertsAgainWhenTheCachedModelIsDamaged() throws IOException {
    build.buildTo(output);
    Path cached = cache.resolve(build.recipe().cacheName());
    Files.writeString(cached, "damaged");
    Files.delete(output);

    build.buildTo(output);

    assertThat(output).hasBinaryContent(ONNX);
    assertThat(cached).hasBinaryContent(ONNX);
    assertThat(fetches).hasValue(1);
  }

  @Test
  void fetchesAgainWhenTheCachedPackageIsDamaged() throws IOException {
    build.buildTo(output);
    Files.delete(output);
    Files.delete(cache.resolve(build.recipe().cacheName()));
    Files.writeString(cache.resolve("tiny-1.0.0.tgz"), "damaged");

    build.buildTo(output);

    assertThat(output).hasBinaryContent(ONNX);
    assertThat(fetches).hasValue(2);
    assertThat(build.recipe().source().read(cache.resolve("tiny-1.0.0.tgz"))).containsKey("model.json");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("the cached package is damaged");
  }

  @Test
  void keepsNothingOfAPackageThatIsNotTheOneExpected() throws IOException {
    Path other = Tarballs.write(folder.resolve("other.tgz"), Map.of("package/model.json", new byte[1]));
    ModelBuild wrong = new ModelBuild(build.recipe(), cache, _ -> other, log);

    assertThatThrownBy(() -> wrong.buildTo(output)).isInstanceOf(FetchException.class);
    assertThat(names(cache)).isEmpty();
    assertThat(output).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void refusesAConversionThatCameOutDifferently() {
    ModelBuild changed = new ModelBuild(recipe("0".repeat(64)), cache, build.tarballs(), log);

    assertThatThrownBy(() -> changed.buildTo(output)).isInstanceOf(ConversionException.class)
        .hasMessageContaining(Sha256.of(ONNX))
        .hasMessageContaining("0".repeat(64));
    assertThat(output).doesNotExist();
  }

  @Test
  void buildsThatRunAtTheSameTimeDoNotDisturbEachOther() throws Exception {
    int builds = 4;
    CyclicBarrier together = new CyclicBarrier(builds);
    TarballSource source = target -> {
      try {
        together.await();
      } catch (Exception e) {
        throw new IOException(e);
      }
      return build.tarballs().fetch(target);
    };
    ModelBuild concurrent = new ModelBuild(build.recipe(), cache, source, log);
    try (ExecutorService threads = Executors.newFixedThreadPool(builds)) {
      List<Future<?>> running = Stream.<Future<?>>generate(() -> threads.submit(() -> {
        concurrent.buildTo(output);
        return output;
      })).limit(builds).toList();
      for (Future<?> one : running) {
        one.get();
      }
    }

    assertThat(fetches).hasValue(builds);
    assertThat(output).hasBinaryContent(ONNX);
    assertThat(names(cache)).containsExactlyInAnyOrder("tiny-1.0.0.tgz", build.recipe().cacheName());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
