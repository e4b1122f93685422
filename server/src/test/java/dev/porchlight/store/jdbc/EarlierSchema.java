package dev.porchlight.store.jdbc;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The schema of an earlier Porchlight. */
final class EarlierSchema {
  private EarlierSchema() {}

  /**
   * The migrations up to a version.
   *
   * @param folder where they are copied to
   */
  static Schema upTo(int version, Path folder) throws IOException, URISyntaxException {
    Files.createDirectories(folder);
    Path migrations = Path.of(Objects.requireNonNull(Schema.class.getResource("/db/migration")).toURI());
    try (var files = Files.list(migrations)) {
      for (Path file : files.filter(found -> versionOf(found) <= version).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return new Schema(version, List.of("filesystem:" + folder));
  }

  private static int versionOf(Path migration) {
    String name = migration.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }
}
