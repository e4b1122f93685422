package dev.porchlight.detection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The letters of {@code glyphs.txt}: in each block a line with letters, then the points of those below it, {@value #ROWS}
 * rows, of which the last two hang below the line.
 */
final class Glyphs {
  static final int ROWS = 9;

  private static final String FILE = "glyphs.txt";
  private static final Map<Character, Glyph> GLYPHS = read();
  /** A frame: what has no letter here is seen to be something. */
  private static final Glyph UNKNOWN = Glyph.of(List.of("####", "#  #", "#  #", "#  #", "#  #", "#  #", "####"));

  private Glyphs() {}

  /** The letter, or what stands for those that are not known. */
  static Glyph of(char letter) {
    return GLYPHS.getOrDefault(letter, UNKNOWN);
  }

  private static Map<Character, Glyph> read() {
    try (InputStream in = Objects.requireNonNull(Glyphs.class.getResourceAsStream(FILE), FILE)) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      var glyphs = new HashMap<Character, Glyph>();
      glyphs.put(' ', Glyph.of(List.of("   ")));
      for (int line = 0; line + ROWS < lines.size(); line += ROWS + 1) {
        readBlock(lines.subList(line, line + ROWS + 1), glyphs);
      }
      return Map.copyOf(glyphs);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  private static void readBlock(List<String> block, Map<Character, Glyph> glyphs) {
    String letters = block.getFirst();
    for (int from = 0; from < letters.length();) {
      int next = from + 1;
      while (next < letters.length() && letters.charAt(next) == ' ') {
        next++;
      }
      int start = from;
      int end = next == letters.length() ? Integer.MAX_VALUE : next - 1;
      glyphs.put(letters.charAt(from),
          Glyph.of(block.subList(1, ROWS + 1).stream().map(row -> part(row, start, end)).toList()));
      from = next;
    }
  }

  private static String part(String row, int from, int to) {
    return row.substring(Math.min(from, row.length()), Math.min(to, row.length()));
  }
}
