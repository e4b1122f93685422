package dev.porchlight.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads a folder of pictures with their labels: files of COCO's form, or a text beside each picture, or both. */
final class Labels {
  private Labels() {}

  /**
   * All labelled pictures of a folder, by name. Pictures without labels are left out.
   *
   * @throws LabelException when there are none, or a file of labels makes no sense
   * @throws IOException    when the folder or a file in it cannot be read
   */
  static List<LabelledPicture> read(Path folder) throws IOException {
    var byFile = new TreeMap<Path, LabelledPicture>();
    for (Path file : files(folder)) {
      for (LabelledPicture picture : labelsIn(file)) {
        if (byFile.put(picture.file(), picture) != null) {
          throw new LabelException(picture.file() + " is labelled twice");
        }
      }
    }
    if (byFile.isEmpty()) {
      throw new LabelException(
          folder + " has no labels: a .json file as COCO has it (images, annotations, categories), "
              + "or a .txt file beside each picture with lines of class x y width height");
    }
    return new ArrayList<>(byFile.values());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static List<LabelledPicture> labelsIn(Path file) throws IOException {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "json" -> CocoFile.read(file);
      case "jpg", "jpeg", "png" -> {
        Path text = file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
        yield Files.isRegularFile(text) ? List.of(new LabelledPicture(file, LabelLines.read(text))) : List.of();
      }
      default -> List.of();
    };
  }
}
