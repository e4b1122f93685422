package dev.porchlight.detection;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;

/** Native code that lies in a jar and has to lie in a file to be loaded. */
final class NativeFile {
  private NativeFile() {}

  /** The CRC-32 that the jar notes of an entry: it tells versions apart without reading megabytes at each start. */
  static String checksum(URL library) throws IOException {
    if (library.openConnection() instanceof JarURLConnection jar) {
      return HexFormat.of().toHexDigits((int) jar.getJarEntry().getCrc());
    }
    throw new IOException("a native library does not lie in a jar but at " + library);
  }

  /** Writes a library to {@code target} unless it is there, all of it or nothing; makes the folder. */
  static void unpack(URL library, Path target) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    var connection = library.openConnection();
    if (Files.exists(target) && Files.size(target) == connection.getContentLengthLong()) {
      return;
    }
    Path unfinished = Files.createTempFile(target.toAbsolutePath().getParent(), "unpacking-", ".tmp");
    try (InputStream in = connection.getInputStream()) {
      Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
