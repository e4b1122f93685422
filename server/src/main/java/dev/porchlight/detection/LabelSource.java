package dev.porchlight.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the names of a model's classes come from: {@code detection.labels}, else the model's own metadata, else COCO when the
 * model has as many classes as COCO. The setting is first, since whoever sets it knows better than the file.
 *
 * @param names the names that are given; null when COCO's are to be taken
 * @param from  who gave them, for people
 */
record LabelSource(@Nullable List<String> names, String from) {
  /** Of these {@code detection.labels} may be one, where the model does not tell how it counts. */
  private static final Map<String, List<String>> BUILT_IN = Map.of("coco-80", CocoLabels.eighty(), "coco-91",
      CocoLabels.ninetyOne());
  private static final long MOST_BYTES = 1 << 20;

  /**
   * Decides.
   *
   * @param setting {@code detection.labels}: a file with a name on each line, {@code coco-80} or {@code coco-91}; or null
   * @throws ModelException when the file cannot be read
   */
  static LabelSource of(@Nullable String setting, Map<String, String> metadata) {
    if (setting != null) {
      List<String> builtIn = BUILT_IN.get(setting);
      return new LabelSource(builtIn == null ? read(setting) : builtIn, "detection.labels");
    }
    String noted = metadata.get("names");
    List<String> names = noted == null ? null : ClassNames.parse(noted);
    return new LabelSource(names, names == null ? "COCO" : "its metadata");
  }

  private static List<String> read(String setting) {
    try {
      Path file = Path.of(setting);
      if (Files.size(file) > MOST_BYTES) {
        throw new ModelException("detection.labels: " + file + " is no list of names: it has more than 1 MiB");
      }
      List<String> lines = Files.readAllLines(file).stream().map(String::strip).toList();
      // An empty line is a number that is not in use, but for those at the end.
      int count = lines.size();
      while (count > 0 && lines.get(count - 1).isEmpty()) {
        count--;
      }
      return lines.subList(0, count);
    } catch (IOException | InvalidPathException e) {
      throw new ModelException("detection.labels: " + setting + " cannot be read: " + e);
    }
  }

  /** Whether a model with this many classes can be named. */
  boolean fits(int count) {
    return names == null ? coco(count) != null : names.size() == count;
  }

  /**
   * The names of a model with this many classes.
   *
   * @throws ModelException when they are not as many, or none of them matters
   */
  Labels of(int count) {
    List<String> found = names == null ? coco(count) : names;
    if (found == null) {
      throw new ModelException(
          "it has " + count + " classes, which are not COCO's 80, 90 or 91, and its metadata do not "
              + "name them: name them in a file, one a line, by detection.labels");
    }
    if (found.size() != count) {
      throw new ModelException("it has " + count + " classes, and " + from + " has " + found.size() + " names");
    }
    return Labels.of(found);
  }

  /** The names of a model that answers numbers of classes and does not tell how many there are. */
  Labels ofUnknownCount() {
    return Labels.of(names == null ? CocoLabels.eighty() : names);
  }

  private static @Nullable List<String> coco(int count) {
    return switch (count) {
      case 80 -> CocoLabels.eighty();
      case 90 -> CocoLabels.ninety();
      case 91 -> CocoLabels.ninetyOne();
      default -> null;
    };
  }
}
