package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.ObjectGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LabelsTest {
  private static final String COCO = """
                                     {"images": [{"id": 1, "file_name": "a.jpg"}, {"id": 2, "file_name": "b.jpg"}],
                                      "categories": [{"id": 3, "name": "dog"}, {"id": 4, "name": "kite"}],
                                      "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "bbox": [1.4, 2, 30.6, 40]},
                                                      {"id": 2, "image_id": 1, "category_id": 3, "bbox": [0, 0, 9, 9], "iscrowd": 1},
                                                      {"id": 3, "image_id": 1, "category_id": 4, "bbox": [5, 5, 5, 5]}]}""";

  @TempDir
  private Path folder;

  @Test
  void readsLabelsAsCocoHasThem() throws IOException {
    write("labels.json", COCO);

    assertThat(Labels.read(folder)).containsExactly(
        new LabelledPicture(folder.resolve("a.jpg"),
            List.of(new Truth("dog", ObjectGroup.ANIMAL, new Box(1, 2, 31, 40), false),
                new Truth("dog", ObjectGroup.ANIMAL, new Box(0, 0, 9, 9), true))),
        new LabelledPicture(folder.resolve("b.jpg"), List.of()));
  }

  @Test
  void readsLinesBesideAPicture() throws IOException {
    write("a.PNG", "");
    write("a.txt", "# the street\nperson 1 2 30 40\n\ncar 5 6 7 8 crowd # parked\ntraffic_light 1 1 1 1\n");
    write("empty.jpg", "");
    write("empty.txt", "");
    write("unlabelled.jpg", "");
    write("readme.txt", "this is no label");

    assertThat(Labels.read(folder)).containsExactly(
        new LabelledPicture(folder.resolve("a.PNG"),
            List.of(new Truth("person", ObjectGroup.PERSON, new Box(1, 2, 30, 40), false),
                new Truth("car", ObjectGroup.VEHICLE, new Box(5, 6, 7, 8), true))),
        new LabelledPicture(folder.resolve("empty.jpg"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"person 1 2 3 | a.txt line 1: expected class x y width height",
    "person 1 2 3 4 crowds | expected class x y width height", "person 1 2 x 4 | a.txt line 1: x is no number",
    "person 1 2 0 4 | at least a pixel", "person -1 2 3 4 | from 0 on, and -1.0 is none",
    "person NaN 2 3 4 | from 0 on, and NaN is none"})
  void refusesALineThatMakesNoSense(String line, String why) throws IOException {
    write("a.jpg", "");
    write("a.txt", line);

    refuses(why);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"[1.4, 2, 30.6, 40] | [1, 2] | annotation 1: a box is made of four numbers",
    "\"image_id\": 1 | \"image_id\": 7 | names a picture or a category that is not there",
    "\"id\": 3, \"name\" | \"name\" | id must be a number", "\"name\": \"dog\" | \"name\": 5 | name must be text",
    "{\"images\" | {{ | is no JSON"})
  void refusesAFileThatMakesNoSense(String part, String instead, String why) throws IOException {
    write("labels.json", COCO.replace(part, instead));

    refuses(why);
  }

  @Test
  void refusesAFolderWithoutLabelsAndAPictureLabelledTwice() throws IOException {
    write("a.jpg", "");
    write("other.json", "{\"name\": \"something else\"}");
    refuses("has no labels");

    write("labels.json", COCO);
    write("a.txt", "dog 1 1 1 1");
    refuses("a.jpg is labelled twice");
  }

  private void refuses(String why) {
    assertThatExceptionOfType(LabelException.class).isThrownBy(() -> Labels.read(folder)).withMessageContaining(why);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
