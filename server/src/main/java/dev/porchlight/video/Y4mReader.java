package dev.porchlight.video;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YUV4MPEG2 stream as ffmpeg writes it: one header line that says how large the pictures are, then for each picture
 * a line {@code FRAME} and its planes. Strict, since all that could be wrong here is that somebody else is writing. The
 * same {@link YuvFrame} is filled again and again. Confined to one thread.
 */
final class Y4mReader {
  private static final int LONGEST_LINE = 256;
  private static final int LEAST_SIDE = 16;
  private static final int LARGEST_SIDE = 16_384;
  private static final long MOST_PIXELS = 50_000_000;
  private static final Pattern HEADER = Pattern.compile("YUV4MPEG2((?: [A-Z][^ ]*)*)");
  private static final Pattern SIDE = Pattern.compile("\\d{1,5}");

  private final InputStream in;
  private @Nullable YuvFrame frame;

  Y4mReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next picture, waiting for it; null at the end. What was returned before is overwritten.
   *
   * @throws VideoException when this is no such stream, or its pictures are too large or of another kind
   * @throws EOFException   when it ends within a picture
   */
  @Nullable
  YuvFrame next() throws IOException {
    YuvFrame into = frame;
    if (into == null) {
      String header = line();
      if (header == null) {
        return null;
      }
      into = parse(header);
      frame = into;
    }
    String mark = line();
    if (mark == null) {
      return null;
    }
    if (!mark.equals("FRAME") && !mark.startsWith("FRAME ")) {
      throw new VideoException("ffmpeg wrote something else than a picture");
    }
    byte[] samples = into.samples();
    if (in.readNBytes(samples, 0, samples.length) < samples.length) {
      throw new EOFException("ffmpeg ended within a picture");
    }
    return into;
  }

  private static YuvFrame parse(String header) throws VideoException {
    Matcher whole = HEADER.matcher(header);
    if (!whole.matches()) {
      throw new VideoException("ffmpeg wrote something else than video");
    }
    int width = 0;
    int height = 0;
    boolean is420 = false;
    for (String parameter : whole.group(1).strip().split(" ", -1)) {
      String value = parameter.isEmpty() ? "" : parameter.substring(1);
      switch (parameter.isEmpty() ? ' ' : parameter.charAt(0)) {
        case 'W' -> width = side(value);
        case 'H' -> height = side(value);
        // The three of them differ in where chroma is sampled, by half a pixel. Of more than 8 bits it says 420p10.
        case 'C' -> is420 = value.equals("420jpeg") || value.equals("420mpeg2") || value.equals("420paldv");
        default -> {
          // Rate, interlacing, aspect, comments.
        }
      }
    }
    if (!is420) {
      throw new VideoException("ffmpeg wrote pictures of another kind than asked for: " + header);
    }
    if ((long) width * height > MOST_PIXELS) {
      throw new VideoException("its " + width + "x" + height + " pixels are more than 50 million");
    }
    return new YuvFrame(width, height);
  }

  private static int side(String text) throws VideoException {
    int side = SIDE.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (side < LEAST_SIDE || side > LARGEST_SIDE) {
      throw new VideoException("its pictures have a side of " + text + " pixels");
    }
    return side;
  }

  /** A line without its end; null at the end of the stream. */
  private @Nullable String line() throws IOException {
    var line = new byte[LONGEST_LINE];
    for (int length = 0; length < LONGEST_LINE; length++) {
      int next = in.read();
      if (next < 0) {
        if (length == 0) {
          return null;
        }
        throw new EOFException("ffmpeg ended within a line");
      }
      if (next == '\n') {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
      }
      line[length] = (byte) next;
    }
    throw new VideoException("ffmpeg wrote something else than video");
  }
}
