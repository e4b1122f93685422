package dev.porchlight.detection;

/**
 * What a detector sees of a picture.
 *
 * @param side      the longer side, in pixels, of what the picture is brought to: decoding may reduce it, but not below that
 * @param readsFile whether it reads the picture's file and not its pixels alone: then {@link Picture#file} must be there
 */
public record Sight(int side, boolean readsFile) {
  /** That of the default model. */
  static final Sight USUAL = new Sight(300, false);
}
