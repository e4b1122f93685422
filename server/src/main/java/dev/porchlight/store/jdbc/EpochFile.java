package dev.porchlight.store.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code epoch} beside the database: one line, {@code <token> <head>}. It is always replaced as a whole, by a file
 * that is on disk before it gets the name, so that no crash and no power cut leaves half of it. Confined to one thread at a
 * time.
 */
final class EpochFile {
  /** The file's name in the data folder. */
  static final String NAME = "epoch";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{32}) (0|[1-9]\\d{0,15})\n");
  private static final int MOST_BYTES = 64;

  private final Path folder;
  private final Path file;
  private final Path part;

  EpochFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
    this.part = folder.resolve(NAME + ".part");
  }

  /** What is there. */
  sealed interface Content {
    /** There is no such file. */
    record Missing() implements Content {}

    /** It cannot be read, or is not what this class has written. */
    record Unreadable(String reason) implements Content {}

    /**
     * What a start has written.
     *
     * @param token of that start
     * @param head  the last number of the journal that was noted
     */
    record Noted(String token, long head) implements Content {}
  }

  Content read() {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      Matcher line = LINE.matcher(new String(bytes, StandardCharsets.US_ASCII));
      return line.matches()
          ? new Content.Noted(line.group(1), Long.parseLong(line.group(2)))
          : new Content.Unreadable("it is not a token and a number");
    } catch (NoSuchFileException _) {
      return new Content.Missing();
    } catch (IOException e) {
      return new Content.Unreadable(e.toString());
    }
  }

  /** Replaces the content. */
  void write(Content.Noted content) throws IOException {
    writePart(content);
    replace();
  }

  /** The first half of {@link #write}: the new content is on disk, under another name. */
  void writePart(Content.Noted content) throws IOException {
    try (var out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer left = StandardCharsets.US_ASCII.encode(content.token + " " + content.head + "\n");
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
  }

  /** The second half of {@link #write}. */
  void replace() throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Has the name survive a power cut too. */
  void sync() throws IOException {
    try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
