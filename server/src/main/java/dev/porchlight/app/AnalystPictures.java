package dev.porchlight.app;

import dev.porchlight.detection.PictureRenderer;
import dev.porchlight.detection.Sharpness;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.DetectionPicture;
import dev.porchlight.domain.PictureView;
import dev.porchlight.domain.RenderedPicture;
import dev.porchlight.risk.SituationPictures;
import dev.porchlight.store.DetectionStore;
import java.nio.file.Path;
import java.util.Optional;

/** Shows the analyst what was detected: the part around it, as people see it. */
record AnalystPictures(DetectionStore detections, Path data, PictureRenderer renderer) implements SituationPictures {
  /** Models that see cut a picture into tiles of about this size. */
  private static final int SIZE = 512;

  @Override
  public Optional<Shot> of(Detection detection) throws InterruptedException {
    Optional<DetectionPicture> picture = detections.picture(detection.id());
    if (picture.isEmpty()) {
      return Optional.empty();
    }
    var box = new Box(detection.bboxX(), detection.bboxY(), detection.bboxWidth(), detection.bboxHeight());
    Path file = data.resolve(picture.get().detection().filePath());
    RenderedPicture rendered = renderer.render(file, picture.get().sha256(), new PictureView.Thumbnail(box, SIZE));
    // One that is gone, or cannot be drawn now, is one fewer.
    return rendered instanceof RenderedPicture.Jpeg(byte[] jpeg)
        ? Optional.of(new Shot(jpeg, Sharpness.of(jpeg)))
        : Optional.empty();
  }
}
