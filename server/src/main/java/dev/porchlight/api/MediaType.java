package dev.porchlight.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What kind of picture or clip a file is, by its first bytes, so that nothing else is ever handed out under such a name:
 * a page that somebody uploaded as {@code x.jpg} would run in the owner's browser. Stateless.
 */
final class MediaType {
  private static final int HEAD_BYTES = 16;
  private static final int[] PNG = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int[] JPEG = {0xFF, 0xD8, 0xFF};
  private static final int[] EBML = {0x1A, 0x45, 0xDF, 0xA3};

  private MediaType() {}

  /**
   * The type of a file; empty when it is neither picture nor clip.
   *
   * @throws IOException when it cannot be read; {@link java.nio.file.NoSuchFileException} when it is not there
   */
  static Optional<String> of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return of(in.readNBytes(HEAD_BYTES), nameOf(file));
    }
  }

  /** The type of an open file, by its first bytes and its name. */
  static Optional<String> of(FileChannel channel, Path file) throws IOException {
    var head = ByteBuffer.allocate(HEAD_BYTES);
    int read = 1;
    while (head.hasRemaining() && read > 0) {
      read = channel.read(head, head.position());
    }
    return of(Arrays.copyOf(head.array(), head.position()), nameOf(file));
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  private static Optional<String> of(byte[] head, String name) {
    if (startsWith(head, JPEG)) {
      return Optional.of("image/jpeg");
    }
    if (startsWith(head, PNG)) {
      return Optional.of("image/png");
    }
    if (startsWith(head, EBML)) {
      return Optional.of(name.endsWith(".webm") ? "video/webm" : "video/x-matroska");
    }
    if (text(head, 4, 8).equals("ftyp")) {
      return Optional.of(name.endsWith(".mov") ? "video/quicktime" : "video/mp4");
    }
    if (text(head, 0, 4).equals("RIFF") && text(head, 8, 12).equals("AVI ")) {
      return Optional.of("video/x-msvideo");
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] head, int[] signature) {
    if (head.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((head[i] & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static String text(byte[] head, int from, int to) {
    return head.length < to ? "" : new String(Arrays.copyOfRange(head, from, to), StandardCharsets.ISO_8859_1);
  }
}
