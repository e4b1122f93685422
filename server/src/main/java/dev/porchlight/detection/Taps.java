package dev.porchlight.detection;

/**
 * One axis of a change of size: which of {@code from} pixels each of {@code to} pixels is made of, and how much of each.
 * When reducing, every source pixel counts by the area it covers (a pixel in four would flicker from frame to frame); when
 * enlarging, the two nearest are mixed by their distance.
 */
final class Taps {
  private final int[] first;
  private final float[][] weights;

  private Taps(int to) {
    this.first = new int[to];
    this.weights = new float[to][];
  }

  static Taps of(int from, int to) {
    var taps = new Taps(to);
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
    int start = (int) low;
    int end = Math.min(from, (int) Math.ceil(high));
    var weight = new float[end - start];
    for (int k = start; k < end; k++) {
      weight[k - start] = (float) ((Math.min(high, k + 1) - Math.max(low, k)) / (high - low));
    }
    first[i] = start;
    weights[i] = weight;
  }

  private void between(int i, double centre, int from) {
    int left = (int) Math.floor(centre);
    float right = (float) (centre - left);
    if (left < 0 || left + 1 >= from) {
      first[i] = left < 0 ? 0 : from - 1;
      weights[i] = new float[]{1};
    } else {
      first[i] = left;
      weights[i] = new float[]{1 - right, right};
    }
  }

  /** The first source pixel of target pixel {@code i}. */
  int first(int i) {
    return first[i];
  }

  /** The shares of it and those that follow; they add up to 1. Not to be changed. */
  float[] weights(int i) {
    return weights[i];
  }
}
