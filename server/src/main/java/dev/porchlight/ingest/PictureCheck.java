package dev.porchlight.ingest;

import dev.porchlight.picture.NotAPictureException;
import dev.porchlight.picture.PictureInfo;
import dev.porchlight.picture.PictureProbe;
import dev.porchlight.picture.PictureTooLargeException;
import dev.porchlight.picture.Probed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one reading of a file says about taking it. */
sealed interface PictureCheck {
  /** Far above what a camera sends; below it a picture fits into memory. */
  long MAX_BYTES = 32L << 20;
  /** Refused before decoding, since each pixel costs memory then: a small file may claim to be huge. */
  long MAX_PIXELS = 50_000_000;

  /** A whole picture. */
  record Whole(Probed probed) implements PictureCheck {}

  /** No picture yet: it may become one while somebody writes on. */
  record Unfinished(Refusal reason, String detail) implements PictureCheck {}

  /** Nothing to be taken, whatever is written behind it. */
  record Bad(Refusal reason, String detail) implements PictureCheck {}

  /**
   * Reads a file once.
   *
   * @throws IOException when the file cannot be read
   */
  static PictureCheck of(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      return new Bad(Refusal.TOO_LARGE, "it has " + size + " bytes, more than " + MAX_BYTES);
    }
    try {
      Probed probed = PictureProbe.probe(file, MAX_BYTES);
      PictureInfo info = probed.info();
      if (info.pixels() > MAX_PIXELS) {
        return new Bad(Refusal.TOO_MANY_PIXELS, "it has " + info.width() + "x" + info.height()
            + " pixels, more than " + MAX_PIXELS / 1_000_000 + " million");
      }
      if (info.isTooLong()) {
        return new Bad(Refusal.TOO_MANY_PIXELS, "it has " + info.width() + "x" + info.height() + " pixels, more than "
            + PictureInfo.LONGEST_SIDE + " on a side");
      }
      return info.complete() ? new Whole(probed) : new Unfinished(Refusal.DAMAGED, "it ends before the picture does");
    } catch (PictureTooLargeException e) {
      return new Bad(Refusal.TOO_LARGE, String.valueOf(e.getMessage()));
    } catch (NotAPictureException e) {
      return of(file, size, e);
    }
  }

  private static PictureCheck of(Path file, long size, NotAPictureException broken) throws IOException {
    String detail = String.valueOf(broken.getMessage());
    if (broken.isRecognised() || size == 0) {
      return new Unfinished(Refusal.DAMAGED, detail);
    }
    return hasNoHeadYet(file)
        ? new Unfinished(Refusal.NOT_A_PICTURE, detail)
        : new Bad(Refusal.NOT_A_PICTURE, detail);
  }

  /** Some network drives first make room, full of zeros, and then fill it. */
  private static boolean hasNoHeadYet(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(8);
      if (head.length < 8) {
        return true;
      }
      for (byte b : head) {
        if (b != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
