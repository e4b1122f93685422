package dev.porchlight.domain;

import java.util.List;

/** How a picture is to be shown: always upright, as a JPEG. */
public sealed interface PictureView {
  /** The whole picture with the boxes and labels of what was found in it; {@code others} are drawn lighter. */
  record Annotated(DetectedObject object, List<DetectedObject> others) implements PictureView {
    public Annotated {
      others = List.copyOf(others);
    }
  }

  /**
   * The part around a box.
   *
   * @param box  in pixels of the picture as displayed
   * @param size the longer side of what is made, in pixels
   */
  record Thumbnail(Box box, int size) implements PictureView {}
}
