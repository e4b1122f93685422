package dev.porchlight;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the real pictures and videos that some tests look at. They are those of the Debian package {@code opencv-doc} and
 * are never committed; a test that does not find them is skipped, and says how to get them.
 */
public final class TestMedia {
  private static final String PACKAGE_FOLDER = "usr/share/doc/opencv-doc";
  private static final String HOW_TO_GET = """
                                           : get it with apt-get download opencv-doc && dpkg-deb -x opencv-doc*.deb ~/.cache/porchlight/test-media, \
                                           or name its folder in PORCHLIGHT_TEST_MEDIA or -Dporchlight.test-media""";

  private TestMedia() {}

  /**
   * One file, unpacked if it is packed; the test is skipped when it is not there.
   *
   * @param name path inside the package's folder, such as {@code examples/data/messi5.jpg}
   */
  public static Path find(String name) {
    return folders().flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(name + ".gz")))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(TestMedia::unpacked)
        .orElseGet(() -> Assumptions.abort("no " + name + HOW_TO_GET));
  }

  private static Stream<Path> folders() {
    // The build passes the property on even when nobody has set it, and then it is empty.
    String property = System.getProperty("porchlight.test-media", "");
    String named = property.isEmpty()
        ? Objects.requireNonNullElse(System.getenv("PORCHLIGHT_TEST_MEDIA"), "")
        : property;
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "porchlight", "test-media");
    var roots = named.isEmpty() ? List.of(Path.of("/"), cache) : List.of(Path.of(named), Path.of("/"), cache);
    return roots.stream().flatMap(root -> Stream.of(root, root.resolve(PACKAGE_FOLDER)));
  }

  private static Path unpacked(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".gz")) {
      return file;
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      Path target = Files.createTempDirectory("test-media").resolve(name.substring(0, name.length() - 3));
      target.toFile().deleteOnExit();
      Files.copy(in, target);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + file, e);
    }
  }
}
