package dev.porchlight.http;

/**
 * What a request costs, and how many of its kind are answered at once; one more is answered 503. Each kind has places of its
 * own, so that slow requests leave the others theirs.
 */
public enum Load {
  /** Health and metrics: they are asked for when all else is busy. */
  VITAL(16),
  /** Lists, single things and changes: milliseconds. */
  QUICK(128),
  /** Pictures and clips: read from the disk, drawn, or awaited from a stream. */
  PICTURE(64),
  /** Pictures that were handed in, when their body has come. */
  UPLOAD(128),
  /** Analyses: as long as a language model takes. */
  ANALYSIS(16);

  private final int places;

  Load(int places) {
    this.places = places;
  }

  /** Requests of this kind at once. */
  public int places() {
    return places;
  }
}
