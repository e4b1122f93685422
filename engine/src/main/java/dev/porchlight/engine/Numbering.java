package dev.porchlight.engine;

/**
 * Where the numbers of a channel begin.
 *
 * @param epoch changes whenever numbers start again; letters and digits
 * @param last  the number of the last message so far; 0 when there was none
 */
public record Numbering(String epoch, long last) {
  public Numbering {
    if (epoch.isEmpty() || last < 0) {
      throw new IllegalArgumentException("no numbering: epoch \"" + epoch + "\", last " + last);
    }
  }
}
