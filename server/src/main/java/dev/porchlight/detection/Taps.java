package dev.porchlight.detection;

/**
 * One axis of a change of size: which of {@code from} pixels each of {@code to} pixels is made of, and how much of each.
 * When reducing, every source pixel counts by the area it covers (a pixel in four would flicker from frame to frame); when
 * enlarging, the two nearest are mixed by their distance.
 */
final class Taps {
  private static final int CHANNELS = 3;
  /** Source pixels are taken four at a time, with shares of nothing at the end: loops of three rounds are slow. */
  private static final int AT_ONCE = 4;

  private final int[] first;
  /** How many for each target pixel, a multiple of {@link #AT_ONCE}. */
  private final int count;
  private final float[] shares;

  private Taps(int from, int to) {
    int most = from >= to ? Math.ceilDiv(from, to) + 1 : 2;
    count = Math.ceilDiv(most, AT_ONCE) * AT_ONCE;
    first = new int[to];
    shares = new float[to * count];
  }

  static Taps of(int from, int to) {
    var taps = new Taps(from, to);
    for (int i = 0; i < to; i++) {
      if (from >= to) {
        taps.area(i, (double) from * i / to, (double) from * (i + 1) / to, from);
      } else {
        taps.between(i, (i + 0.5) * from / to - 0.5, from);
      }
    }
    return taps;
  }

  private void area(int i, double low, double high, int from) {
    first[i] = (int) low;
    for (int k = first[i]; k < Math.min(from, (int) Math.ceil(high)); k++) {
      shares[i * count + k - first[i]] = (float) ((Math.min(high, k + 1) - Math.max(low, k)) / (high - low));
    }
  }

  private void between(int i, double centre, int from) {
    int left = (int) Math.floor(centre);
    float right = (float) (centre - left);
    if (left < 0 || left + 1 >= from) {
      first[i] = left < 0 ? 0 : from - 1;
      shares[i * count] = 1;
    } else {
      first[i] = left;
      shares[i * count] = 1 - right;
      shares[i * count + 1] = right;
    }
  }

  /** How many values a row needs that {@link #apply} is to read: those of {@code pixels} and some that count for nothing. */
  int rowValues(int pixels) {
    return CHANNELS * (pixels + count);
  }

  /** How many source pixels, one after the other, a target pixel is made of at most; beyond the last one there are none. */
  int count() {
    return count;
  }

  /** The first source pixel of target pixel {@code i}. */
  int first(int i) {
    return first[i];
  }

  /** The share of source pixel {@code first(i) + k} in target pixel {@code i}; all shares of it add up to 1. */
  float share(int i, int k) {
    return shares[i * count + k];
  }

  /**
   * Writes a row in the new size.
   *
   * @param rgb  red, green, blue of each pixel; {@link #rowValues} long
   * @param into the same, at least as long as the new row
   */
  void apply(float[] rgb, float[] into) {
    for (int tap = 0; tap < count; tap += AT_ONCE) {
      add(rgb, tap, into);
    }
  }

  private void add(float[] rgb, int tap, float[] into) {
    // What was there before counts only from the second round on; a product with 0 would keep what is no number.
    boolean isFirst = tap == 0;
    int to = 0;
    int share = tap;
    for (int begin : first) {
      int from = CHANNELS * (begin + tap);
      float a = shares[share];
      float b = shares[share + 1];
      float c = shares[share + 2];
      float d = shares[share + 3];
      float red = a * rgb[from] + b * rgb[from + 3] + c * rgb[from + 6] + d * rgb[from + 9];
      float green = a * rgb[from + 1] + b * rgb[from + 4] + c * rgb[from + 7] + d * rgb[from + 10];
      float blue = a * rgb[from + 2] + b * rgb[from + 5] + c * rgb[from + 8] + d * rgb[from + 11];
      into[to] = isFirst ? red : into[to] + red;
      into[to + 1] = isFirst ? green : into[to + 1] + green;
      into[to + 2] = isFirst ? blue : into[to + 2] + blue;
      to += CHANNELS;
      share += count;
    }
  }
}
