package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.ObjectGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Labels in a text beside a picture: a line for each object, {@code class x y width height}, in pixels of the picture as
 * displayed, and {@code crowd} behind that for several that cannot be told apart. Empty lines and what follows a {@code #}
 * do not count. A class of several words is written with {@code _}; one of no group that matters is left out.
 */
final class LabelLines {
  private LabelLines() {}

  static List<Truth> read(Path file) throws IOException {
    var truths = new ArrayList<Truth>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.replaceFirst("#.*", "").strip();
      if (!text.isEmpty()) {
        add(text, file + " line " + number, truths);
      }
    }
    return truths;
  }

  private static void add(String line, String where, List<Truth> truths) {
    String[] words = line.split("\\s+", -1);
    boolean isCrowd = words.length == 6 && words[5].equals("crowd");
    if (words.length != 5 && !isCrowd) {
      throw new LabelException(where + ": expected class x y width height, and maybe crowd, found: " + line);
    }
    Box box = Boxes.of(Arrays.stream(words, 1, 5).mapToDouble(word -> number(word, where)).toArray(), where);
    String type = words[0].replace('_', ' ');
    ObjectGroup.of(type).ifPresent(group -> truths.add(new Truth(type, group, box, isCrowd)));
  }

  private static double number(String word, String where) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException _) {
      throw new LabelException(where + ": " + word + " is no number");
    }
  }
}
