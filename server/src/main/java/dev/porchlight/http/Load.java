package dev.porchlight.http;

/**
 * The kind of a request by its cost, with a limit on the requests of that kind that are answered at once. A request beyond the
 * limit is answered 503. Slow requests of one kind do not use the places of another.
 */
public enum Load {
  /** Health and metrics, which must answer while everything else is busy. */
  VITAL(16),
  /** Lists, single records and changes: milliseconds. */
  QUICK(128),
  /** Pictures and clips: read from disk, rendered, or awaited from a stream. */
  PICTURE(64),
  /** Uploaded pictures, once the body is received. */
  UPLOAD(128),
  /** Analyses, which take as long as a language model does. */
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
