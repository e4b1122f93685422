package dev.porchlight.evaluation;

import dev.porchlight.domain.ObjectGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Labels as the COCO data set has them: {@code images} with {@code id} and {@code file_name}, {@code categories} with
 * {@code id} and {@code name}, {@code annotations} with {@code image_id}, {@code category_id}, {@code bbox} [x, y, width,
 * height] in pixels of the picture as displayed, and maybe {@code iscrowd}. Classes of no group that matters are left out.
 */
final class CocoFile {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final Map<Long, Path> pictures = new LinkedHashMap<>();
  private final Map<Long, String> categories = new LinkedHashMap<>();
  private final Map<Long, List<Truth>> truths = new LinkedHashMap<>();

  private CocoFile(Path file) {
    this.file = file;
  }

  /** The pictures of a file, as paths beside it; none when it is JSON of another kind. */
  static List<LabelledPicture> read(Path file) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new LabelException(file + " is no JSON: " + e.getOriginalMessage());
    }
    boolean isCoco = root.path("images").isArray() && root.path("annotations").isArray()
        && root.path("categories").isArray();
    return isCoco ? new CocoFile(file).read(root) : List.of();
  }

  private List<LabelledPicture> read(JsonNode root) {
    for (JsonNode category : root.get("categories")) {
      categories.put(number(category, "id"), text(category, "name"));
    }
    for (JsonNode image : root.get("images")) {
      long id = number(image, "id");
      pictures.put(id, pathOf(text(image, "file_name")));
      truths.put(id, new ArrayList<>());
    }
    for (JsonNode annotation : root.get("annotations")) {
      add(annotation);
    }
    var labelled = new ArrayList<LabelledPicture>();
    pictures.forEach((id, path) -> labelled.add(new LabelledPicture(path, truths.getOrDefault(id, List.of()))));
    return labelled;
  }

  private void add(JsonNode annotation) {
    String where = file + ": annotation " + annotation.path("id");
    List<Truth> ofPicture = truths.get(number(annotation, "image_id"));
    String type = categories.get(number(annotation, "category_id"));
    if (ofPicture == null || type == null) {
      throw new LabelException(where + " names a picture or a category that is not there");
    }
    JsonNode box = annotation.path("bbox");
    var values = new double[4];
    for (int i = 0; i < values.length; i++) {
      values[i] = box.size() == values.length ? box.get(i).asDouble(Double.NaN) : Double.NaN;
    }
    var rectangle = Boxes.of(values, where);
    boolean isCrowd = annotation.path("iscrowd").asInt(0) != 0;
    ObjectGroup.of(type).ifPresent(group -> ofPicture.add(new Truth(type, group, rectangle, isCrowd)));
  }

  private Path pathOf(String name) {
    try {
      return file.resolveSibling(name);
    } catch (InvalidPathException _) {
      throw new LabelException(file + ": " + name + " is no file name");
    }
  }

  private long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isIntegralNumber()) {
      throw new LabelException(file + ": " + field + " must be a number in " + node);
    }
    return value.longValue();
  }

  private String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isString()) {
      throw new LabelException(file + ": " + field + " must be text in " + node);
    }
    return value.stringValue();
  }
}
