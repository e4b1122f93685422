package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.PictureView;
import dev.porchlight.picture.PictureInfo;

/** From the bytes of a picture to the JPEG of a view of it. Thread-safe. */
final class Drawing {
  /** The longer side of an annotated picture: more than most screens have, and little memory. */
  static final int LONGEST = 2560;
  /** A thumbnail shows no less than this of its size in pixels of the source: enlarging further shows nothing more. */
  private static final double MOST_ENLARGED = 2;

  private final PictureReader reader;

  Drawing(PictureReader reader) {
    this.reader = reader;
  }

  /**
   * Draws a view.
   *
   * @throws PictureException when the picture cannot or may not be decoded
   */
  byte[] draw(byte[] bytes, PictureView view) throws InterruptedException {
    return switch (view) {
      case PictureView.Annotated annotated -> annotated(bytes, annotated);
      case PictureView.Thumbnail(Box box, int size) -> thumbnail(bytes, box, size);
    };
  }

  private byte[] annotated(byte[] bytes, PictureView.Annotated view) throws InterruptedException {
    try (Picture picture = reader.decode(bytes, info -> part(info, Excerpt.all(info), LONGEST))) {
      Canvas canvas = fitted(picture, LONGEST, 1);
      new Annotation(canvas, canvas.width() / (double) picture.width()).draw(view.object(), view.others());
      return canvas.jpeg();
    }
  }

  private byte[] thumbnail(byte[] bytes, Box box, int size) throws InterruptedException {
    try (Picture picture = reader.decode(bytes, info -> part(info, stored(info, box, size), size))) {
      return fitted(picture, size, MOST_ENLARGED).jpeg();
    }
  }

  private static Box stored(PictureInfo info, Box box, int size) {
    Orientation orientation = Orientation.ofExif(info.orientation());
    int width = orientation.isTurned() ? info.height() : info.width();
    int height = orientation.isTurned() ? info.width() : info.height();
    Box crop = Crop.around(box, width, height, (int) (size / MOST_ENLARGED));
    return orientation.stored(crop, info.width(), info.height());
  }

  private static Excerpt part(PictureInfo info, Box stored, int longest) {
    int longer = Math.min(longest, Math.max(stored.width(), stored.height()));
    return Excerpt.toDraw(info, stored, longest, Canvas.bytes(longer, longer));
  }

  /** All of a decoded picture, its longer side {@code longest} pixels, but enlarged no more than this. */
  private static Canvas fitted(Picture picture, int longest, double mostEnlarged) {
    double scale = Math.min(mostEnlarged, longest / (double) Math.max(picture.width(), picture.height()));
    return Upright.draw(picture, (int) Math.max(1, Math.round(picture.width() * scale)),
        (int) Math.max(1, Math.round(picture.height() * scale)));
  }
}
