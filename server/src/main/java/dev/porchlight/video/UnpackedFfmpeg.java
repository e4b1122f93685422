package dev.porchlight.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An ffmpeg for machines on which nobody may install one: a jar of {@code org.bytedeco:ffmpeg} for this platform, such as
 * {@code ffmpeg-7.1.1-1.5.12-linux-x86_64.jar}, that somebody has put into the data folder's {@code native} folder. It is
 * unpacked beside the jar, once. Why it is not shipped is told in {@code docs/adr/0009}.
 */
record UnpackedFfmpeg(Path program) {
  private static final Pattern JAR = Pattern.compile("(ffmpeg-.*-[a-z]+-[a-z0-9_]+)\\.jar");
  private static final Pattern ENTRY = Pattern.compile("org/bytedeco/ffmpeg/[a-z0-9_-]+/(ffmpeg|lib[A-Za-z0-9_.+-]+)");

  /**
   * What was put into a folder, unpacked; null when nothing was.
   *
   * @throws VideoException when it cannot be unpacked
   */
  static @Nullable UnpackedFfmpeg in(Path folder) throws VideoException {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "ffmpeg-*.jar")) {
      for (Path jar : jars) {
        Matcher name = JAR.matcher(jar.getFileName().toString());
        if (name.matches()) {
          Path target = folder.resolve(name.group(1));
          if (!Files.isExecutable(target.resolve("ffmpeg"))) {
            unpack(jar, target);
          }
          return new UnpackedFfmpeg(target.resolve("ffmpeg"));
        }
      }
      return null;
    } catch (IOException e) {
      throw new VideoException("the ffmpeg in " + folder + " cannot be unpacked: " + e, e);
    }
  }

  /** Where it looks for its own libraries. */
  Map<String, String> environment() {
    return Map.of("LD_LIBRARY_PATH", String.valueOf(program.getParent()));
  }

  private static void unpack(Path jar, Path target) throws IOException {
    Files.createDirectories(target);
    Path program = null;
    try (var zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
        ZipEntry entry = entries.nextElement();
        Matcher name = ENTRY.matcher(entry.getName());
        // Its name has no folder in it, so that nothing lands elsewhere; the libraries for Java are not needed.
        if (name.matches() && !name.group(1).startsWith("libjni")) {
          Path part = target.resolve(name.group(1) + ".part");
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
          }
          if (name.group(1).equals("ffmpeg")) {
            program = part;
          } else {
            Files.move(part, target.resolve(name.group(1)), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
    if (program == null) {
      throw new IOException("there is no ffmpeg in " + jar);
    }
    // The program last: when it is there, so is everything that it needs.
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Files.move(program, target.resolve("ffmpeg"), StandardCopyOption.REPLACE_EXISTING);
  }
}
