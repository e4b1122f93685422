package dev.porchlight.detection;

import dev.porchlight.config.ConfigException;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Each family with models that are made here and say what they were fed: the certainty of a person, a car and a dog is the
 * mean of the first, second and third channel. The picture is 200x100 and of one colour; where it is padded to a square,
 * half of what a model sees is grey, 114. A wrong order of channels, scale, padding or shape changes a figure below.
 */
class FamilyTest {
  private static final int PERSON = 0;
  private static final int CAR = 2;
  private static final int DOG = 16;
  private static final int CLASSES = 80;
  /** Of 64x64 pixels: 8x8 + 4x4 + 2x2. */
  private static final int CELLS = 84;
  private static final double RED = 0.8;
  private static final double GREEN = 0.6;
  private static final double BLUE = 0.4;
  private static final double GREY = 114 / 255.0;

  @TempDir
  private Path folder;

  /** With 80 classes and 64x64 pixels both sides of the answer are 84. */
  @Test
  void readsYoloV8() {
    int step = CELLS;
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output0", TinyModel.FLOAT, 1, 4 + CLASSES, CELLS)
        .setApart(10, step, 32, 32, 16, 8)
        .set((4 + PERSON) * step + 10, 0.9)
        .echo((4 + CAR) * step + 20, 1, 1)
        .echo((4 + DOG) * step + 30, 2, 1)
        .echo((4 + PERSON) * step + 40, 0, 1)
        .setApart(40, step, 8, 20, 4, 4);

    List<DetectedObject> seen = detect(model, 0.3);

    // 64x32 pixels in the middle: 16 rows of grey above and below.
    assertThat(seen.getFirst()).isEqualTo(new DetectedObject("person", 0.9, new Box(75, 38, 50, 25)));
    isAbout(seen.get(1), "person", (RED + GREY) / 2);
    assertThat(seen.get(1).box()).isEqualTo(new Box(19, 6, 12, 13));
    isAbout(seen.get(2), "car", (GREEN + GREY) / 2);
    isAbout(seen.get(3), "dog", (BLUE + GREY) / 2);
  }

  @Test
  void readsYoloV5WithItsObjectness() {
    int columns = 5 + CLASSES;
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output", TinyModel.FLOAT, 1, 3 * CELLS, columns)
        .set(7 * columns, 32, 32, 16, 8, 0.9)
        .set(7 * columns + 5 + DOG, 0.5)
        .set(8 * columns, 10, 32, 6, 8, 0.2)
        .set(8 * columns + 5 + DOG, 1);

    assertThat(detect(model, 0.3)).containsExactly(new DetectedObject("dog", 0.45, new Box(75, 38, 50, 25)));
  }

  @Test
  void readsModelsThatChooseThemselvesAsYoloV10() {
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output0", TinyModel.FLOAT, 1, 300, 6)
        .set(0, 24, 28, 40, 36, 0, CAR)
        .echo(4, 0, 1)
        .set(6, 0, 0, 64, 64, 0.9, 79)
        .set(12, 0, 0, 64, 64, 0.9, 80);

    assertThat(detect(model, 0.3)).singleElement().satisfies(seen -> {
      isAbout(seen, "car", (RED + GREY) / 2);
      assertThat(seen.box()).isEqualTo(new Box(75, 38, 50, 25));
    });
  }

  @Test
  void readsYoloxThatSeesBlueFirstBytesInTheTopLeftCorner() {
    int columns = 5 + CLASSES;
    // In the grid of 16 pixels: second row, third column. Its picture is the upper half.
    int cell = (64 + 4 + 2) * columns;
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output", TinyModel.FLOAT, 1, CELLS, columns)
        .set(cell, 0, 0, 0, Math.log(0.5), 0.9)
        .set(cell + 5 + PERSON, 1)
        .set(4, 1)
        .echo(5 + PERSON, 0, 1 / 255.0)
        .set(columns + 4, 1)
        .echo(columns + 5 + CAR, 1, 1 / 255.0)
        .set(2 * columns + 4, 1)
        .echo(2 * columns + 5 + DOG, 2, 1 / 255.0);

    List<DetectedObject> seen = detect(model, 0.3);

    // Centre (32, 16), 16x8 pixels, of 64x32.
    assertThat(seen.getFirst()).isEqualTo(new DetectedObject("person", 0.9, new Box(75, 38, 50, 25)));
    isAbout(seen.get(1), "dog", (RED + GREY) / 2);
    isAbout(seen.get(2), "car", (GREEN + GREY) / 2);
    isAbout(seen.get(3), "person", (BLUE + GREY) / 2);
  }

  /** Width, height, cells, a cell's number, and the corner of a box of one cell there, of a picture that fills the input. */
  @ParameterizedTest
  @CsvSource({"96,64,126,125,64,32,32", "64,128,168,1,8,0,8", "128,128,340,336,0,0,64"})
  void readsYoloxOfAnyShapeAndWithFourGrids(int width, int height, int cells, int number, int x, int y, int side) {
    int columns = 5 + CLASSES;
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, height, width)
        .output("output", TinyModel.FLOAT, 1, cells, columns)
        .set(number * columns, 0.5, 0.5, 0, 0, 1)
        .set(number * columns + 5 + PERSON, 0.9);

    try (var detector = open(model.writeTo(folder.resolve("model.onnx")), null, null, null, 0.3)) {
      assertThat(detector.detect(picture(width, height)))
          .containsExactly(new DetectedObject("person", 0.9, new Box(x, y, side, side)));
    }
  }

  @Test
  void readsRtDetrAndDFineWhichAskForASize() {
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 32)
        .output("labels", TinyModel.INT64, 1, 3)
        .set(0, CAR, DOG, 79)
        .output("boxes", TinyModel.FLOAT, 1, 3, 4)
        .set(0, 0.25, 0.5, 0.5, 0.75)
        .timesSizes()
        .output("scores", TinyModel.FLOAT, 1, 3)
        .set(0, 0.9, 0, 0.9)
        .echo(1, 2, 1);

    List<DetectedObject> seen = detect(model, 0.3);

    assertThat(seen.getFirst()).isEqualTo(new DetectedObject("car", 0.9, new Box(50, 50, 50, 25)));
    isAbout(seen.get(1), "dog", BLUE);
    assertThat(seen).hasSize(2);
  }

  @Test
  void readsRfDetrWhichSeesImageNetsScaleAndCountsNinetyOne() {
    var model = TinyModel.taking("input", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("dets", TinyModel.FLOAT, 1, 2, 4)
        .set(0, 0.5, 0.5, 0.25, 0.5, 0.1, 0.1, 0.1, 0.1)
        .output("labels", TinyModel.FLOAT, 1, 2, 91);
    fill(model, 2 * 91, -9).set(3, Math.log(9)).set(91 + 18, 0).echo(91 + 18, 0, 1);

    List<DetectedObject> seen = detect(model, 0.3);

    assertThat(seen.getFirst()).isEqualTo(new DetectedObject("car", 0.9, new Box(75, 25, 50, 50)));
    isAbout(seen.get(1), "dog", 1 / (1 + Math.exp(-(RED - 0.485) / 0.229)));
  }

  @ParameterizedTest
  @CsvSource({"80, 2, false, false", "91, 3, false, true", "92, 3, true, true"})
  void readsWhatHuggingFaceExports(int columns, int car, boolean isShared, boolean isImageNet) {
    var model = TinyModel.taking("pixel_values", TinyModel.FLOAT, -1, -1, -1, -1)
        .output("logits", TinyModel.FLOAT, 1, 1, columns);
    fill(model, columns, -20).set(car, 0)
        .echo(car, 1, 1)
        .set(columns - 1, isShared ? 0 : -20)
        .output("pred_boxes", TinyModel.FLOAT, 1, 1, 4)
        .set(0, 0.5, 0.5, 0.25, 0.5)
        .withOpenOutputs();

    // With one rival of logit 0 the share is the sigmoid as well.
    double logit = isImageNet ? (GREEN - 0.456) / 0.224 : GREEN;
    assertThat(detect(model, 0.3)).singleElement().satisfies(seen -> {
      isAbout(seen, "car", 1 / (1 + Math.exp(-logit)));
      assertThat(seen.box()).isEqualTo(new Box(75, 25, 50, 50));
    });
  }

  @Test
  void readsRtDetrOfUltralytics() {
    int columns = 4 + CLASSES;
    var model = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 640, 640)
        .output("output0", TinyModel.FLOAT, 1, 300, columns)
        .set(0, 0.5, 0.5, 0.25, 0.5)
        .echo(4 + CAR, 1, 1);

    assertThat(detect(model, 0.3)).singleElement().satisfies(seen -> {
      isAbout(seen, "car", GREEN);
      assertThat(seen.box()).isEqualTo(new Box(75, 25, 50, 50));
    });
  }

  @Test
  void readsWholeSsdsThatTakeBytesOfAnySize() {
    var model = TinyModel.taking("input_tensor", TinyModel.UINT8, 1, -1, -1, 3)
        .output("detection_boxes", TinyModel.FLOAT, 1, 2, 4)
        .set(0, 0.25, 0.375, 0.75, 0.625)
        .output("detection_scores", TinyModel.FLOAT, 1, 2)
        .echo(0, 0, 1 / 255.0)
        .output("detection_classes", TinyModel.FLOAT, 1, 2)
        .set(0, 3)
        .output("num_detections", TinyModel.FLOAT, 1);

    assertThat(detect(model, 0.3)).singleElement().satisfies(seen -> {
      isAbout(seen, "car", RED);
      assertThat(seen.box()).isEqualTo(new Box(75, 25, 50, 50));
    });
  }

  @Test
  void readsHalfPrecisionAndOpenSizes() {
    var model = TinyModel.taking("images", TinyModel.HALF, -1, 3, -1, -1)
        .output("output0", TinyModel.HALF, 1, 4 + 2, CELLS)
        .setApart(10, CELLS, 32, 32, 16, 8)
        .echo(5 * CELLS + 10, 0, 1)
        .metadata("names", "{0: 'kite', 1: 'Motorbike'}")
        .metadata("imgsz", "[64, 64]")
        .metadata("stride", "32")
        .withOpenOutputs();

    assertThat(detect(model, 0.3)).singleElement().satisfies(seen -> {
      isAbout(seen, "motorcycle", (RED + GREY) / 2);
      assertThat(seen.box()).isEqualTo(new Box(75, 38, 50, 25));
    });
  }

  @Test
  void takesTheSizeThatTheSettingsSayWhereTheModelLeavesItOpen() throws IOException {
    Path file = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, -1, -1)
        .output("output0", TinyModel.FLOAT, 1, 300, 6)
        .set(0, 0, 0, 48, 48, 0.9, 0)
        .metadata("stride", "32")
        .withOpenOutputs()
        .writeTo(folder.resolve("model.onnx"));

    try (var detector = open(file, null, null, new InputSize(96, 96), 0.3)) {
      assertThat(detector.description()).startsWith("model.onnx (yolo, 96x96) on cpu");
      assertThat(detector.detect(picture(50, 50))).extracting(DetectedObject::box)
          .containsExactly(new Box(0, 0, 25, 25));
    }
    refused(() -> open(file, null, null, new InputSize(100, 96), 0.3), "multiples of 32, and not of 100x96");
  }

  @Test
  void namesClassesByTheSettingBeforeTheModel() throws IOException {
    Path file = endToEnd().metadata("names", "{0: 'cat', 1: 'kite'}").writeTo(folder.resolve("model.onnx"));
    Path labels = Files.writeString(folder.resolve("labels.txt"), "kite\n Lorry \n");

    assertThat(types(file, null)).containsExactly("cat");
    assertThat(types(file, labels.toString())).isEmpty();
    Files.writeString(labels, "Lorry\nkite\n");
    assertThat(types(file, labels.toString())).containsExactly("truck");
    assertThat(types(file, "coco-80")).containsExactly("person");
    assertThat(types(file, "coco-91")).isEmpty();
  }

  @Test
  void refusesModelsWithoutNamesThatFit() throws IOException {
    Path seven = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output0", TinyModel.FLOAT, 1, 4 + 7, CELLS)
        .writeTo(folder.resolve("seven.onnx"));
    Path labels = Files.writeString(folder.resolve("labels.txt"), "person\ncar\n");
    Path pests = endToEnd().metadata("names", "{0: 'aphid', 1: 'moth'}").writeTo(folder.resolve("pests.onnx"));

    refused(() -> open(seven, null, null, null, 0.3),
        "seven.onnx: it has 7 classes, which are not COCO's 80, 90 or 91");
    refused(() -> open(seven, null, labels.toString(), null, 0.3),
        "it has 7 classes, and detection.labels has 2 names");
    refused(() -> open(seven, null, "missing.txt", null, 0.3), "detection.labels: missing.txt cannot be read");
    refused(() -> open(pests, null, null, null, 0.3), "none of its 2 classes (aphid, moth) is a person");
  }

  @Test
  void refusesOtherModelsAndSaysWhatWasExpectedAndFound() {
    Path flat = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("found", TinyModel.FLOAT, 1, 5)
        .writeTo(folder.resolve("flat.onnx"));
    Path batch = TinyModel.taking("images", TinyModel.FLOAT, 4, 3, 64, 64)
        .output("found", TinyModel.FLOAT, 4, 5)
        .writeTo(folder.resolve("batch.onnx"));
    Path sound = TinyModel.taking("samples", TinyModel.INT64, 1, 3, 64, 64)
        .output("found", TinyModel.FLOAT, 1, 5)
        .writeTo(folder.resolve("sound.onnx"));

    refused(() -> open(flat, null, null, null, 0.3), "it is of no known family: expected one of ssd: ");
    refused(() -> open(flat, null, null, null, 0.3),
        "found the input images FLOAT [1, 3, 64, 64] and the output found FLOAT [1, 5]");
    refused(() -> open(flat, new YoloxFamily(), null, null, 0.3),
        "it is no model of the family yolox: expected an output FLOAT [1, N, 5 + classes]");
    refused(() -> open(batch, null, null, null, 0.3), "one picture at a time, found images FLOAT [4, 3, 64, 64]");
    refused(() -> open(sound, null, null, null, 0.3), "expected an input for pictures, FLOAT, FLOAT16 or UINT8");
    refused(() -> open(flat, null, null, new InputSize(32, 32), 0.3), "it takes pictures of 64x64 alone");
  }

  @Test
  void refusesAModelThatAnswersNoNumbers() {
    var broken = TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output0", TinyModel.FLOAT, 1, 300, 6)
        .set(0, Double.NaN);

    refused(() -> open(broken.writeTo(folder.resolve("broken.onnx")), null, null, null, 0.3),
        "what it answers are no numbers");
  }

  private static TinyModel endToEnd() {
    return TinyModel.taking("images", TinyModel.FLOAT, 1, 3, 64, 64)
        .output("output0", TinyModel.FLOAT, 1, 300, 6)
        .set(0, 24, 28, 40, 36, 0.9, 0);
  }

  private static TinyModel fill(TinyModel model, int count, double value) {
    for (int i = 0; i < count; i++) {
      model.set(i, value);
    }
    return model;
  }

  private List<String> types(Path file, @Nullable String labels) {
    try (var detector = open(file, null, labels, null, 0.3)) {
      return detector.detect(picture(200, 100)).stream().map(DetectedObject::objectType).toList();
    }
  }

  private List<DetectedObject> detect(TinyModel model, double threshold) {
    try (var detector = open(model.writeTo(folder.resolve("model.onnx")), null, null, null, threshold)) {
      return detector.detect(picture(200, 100));
    }
  }

  private static OnnxDetector open(Path file, @Nullable Family family, @Nullable String labels,
      @Nullable InputSize size,
      double threshold) {
    return OnnxDetector.open(
        new DetectionConfig(new ModelChoice(file, family, labels, size), threshold, 1, 1, Device.CPU, null));
  }

  private static Picture picture(int width, int height) {
    var rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) Math.round(RED * 255);
      rgb[i + 1] = (byte) Math.round(GREEN * 255);
      rgb[i + 2] = (byte) Math.round(BLUE * 255);
    }
    try {
      return new Picture(ByteRows.ofRgb(rgb, width, height), Orientation.UPRIGHT, width, height,
          new PictureMemory().pixels(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void isAbout(DetectedObject seen, String type, double confidence) {
    assertThat(seen.objectType()).isEqualTo(type);
    assertThat(seen.confidence()).isCloseTo(confidence, within(0.005));
  }

  private static void refused(ThrowingCallable opening, String why) {
    assertThatExceptionOfType(ConfigException.class).isThrownBy(opening)
        .withMessageStartingWith("detection.model: ")
        .withMessageContaining(why);
  }
}
