package dev.porchlight.detection;

import java.util.List;

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

  /** By number, as the TensorFlow and DETR models count. */
  static List<String> ninetyOne() {
    return NAMES;
  }

  /** The same without the background. */
  static List<String> ninety() {
    return NAMES.subList(1, COUNT);
  }

  /** Those in use, numbered without gaps, as the YOLOs and RT-DETR count. */
  static List<String> eighty() {
    return NAMES.stream().filter(name -> !name.isEmpty()).toList();
  }
}
