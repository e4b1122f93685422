package dev.porchlight.detection;

import dev.porchlight.domain.ObjectGroup;
import java.util.List;
import java.util.stream.IntStream;

/** The 91 class numbers of COCO 2017, of which 80 are in use and 0 is the background. */
final class CocoLabels {
  static final int COUNT = 91;

  private static final List<String> NAMES = List.of("", "person", "bicycle", "car", "motorcycle", "airplane", "bus",
      "train", "truck", "boat", "traffic light", "fire hydrant", "", "stop sign", "parking meter", "bench", "bird",
      "cat",
      "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "", "backpack", "umbrella", "", "",
      "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat",
      "baseball glove", "skateboard", "surfboard", "tennis racket", "bottle", "", "wine glass", "cup", "fork", "knife",
      "spoon", "bowl", "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut",
      "cake",
      "chair", "couch", "potted plant", "bed", "", "dining table", "", "", "toilet", "", "tv", "laptop", "mouse",
      "remote",
      "keyboard", "cell phone", "microwave", "oven", "toaster", "sink", "refrigerator", "", "book", "clock", "vase",
      "scissors", "teddy bear", "hair drier", "toothbrush");

  private CocoLabels() {}

  static String name(int number) {
    return NAMES.get(number);
  }

  /** The numbers of the classes that matter for security. */
  static int[] watched() {
    return IntStream.range(0, COUNT).filter(number -> ObjectGroup.of(NAMES.get(number)).isPresent()).toArray();
  }
}
