package dev.porchlight.api;

import dev.porchlight.domain.PictureView;
import dev.porchlight.domain.RenderedPicture;
import java.nio.file.Path;

/** Makes a JPEG of a stored picture. */
@FunctionalInterface
public interface PictureRendering {
  /**
   * Makes the picture; blocks until it is there, or refused.
   *
   * @param sha256 of the file's bytes as they must still be, lower-case hex
   */
  RenderedPicture render(Path file, String sha256, PictureView view) throws InterruptedException;
}
