package dev.porchlight.video;

import java.time.Duration;
import java.util.Arrays;

/**
 * What a scene looks like when nothing happens: a running average of every fourth pixel of every fourth row. It adapts
 * within some eight seconds, and to what has changed half as fast, so that who stands still does not become
 * background at once. Light that changes for the whole picture is no change: what the dark half and the bright half of the
 * pixels have in common, by their medians, is taken off before pixels are compared. Confined to one thread.
 */
final class Background {
  private static final int STEP = 4;
  /** The average in 128ths of a level, so that slow changes are not rounded away. */
  private static final int SHIFT = 7;
  private static final int LEVELS = 256;
  private static final double ADAPTS_IN = Duration.ofSeconds(8).toNanos();
  private static final double CHANGED_ADAPTS_IN = 2 * ADAPTS_IN;
  /** Weights are 65536ths. */
  private static final int WHOLE = 1 << 16;
  private static final int LEAST_DIFFERENCE = 14;
  private static final int TIMES_NOISE = 4;
  /** With so much of it new, this is another scene, or another light: it is learned at once. */
  private static final double ANOTHER_SCENE = 0.5;
  /** Halves that lie closer together say nothing about contrast. */
  private static final int LEAST_CONTRAST = 16;
  private static final double MOST_GAIN = 2.5;

  private final int width;
  private final int height;
  private final int columns;
  private final int rows;
  private final short[] average;
  private final int[] darkDifferences = new int[2 * LEVELS];
  private final int[] brightDifferences = new int[2 * LEVELS];
  private final int[] light = new int[LEVELS];
  private long lastNanos;
  private boolean isEmpty = true;
  private double noise;

  Background(YuvFrame frame) {
    this.width = frame.width();
    this.height = frame.height();
    this.columns = (width + STEP - 1) / STEP;
    this.rows = (height + STEP - 1) / STEP;
    this.average = new short[columns * rows];
  }

  /** True when a frame has the size that this was made for. */
  boolean isOf(YuvFrame frame) {
    return frame.width() == width && frame.height() == height;
  }

  /** Takes a frame in; returns which fraction of it differs from what was there before. */
  double changed(YuvFrame frame, long atNanos) {
    if (isEmpty) {
      isEmpty = false;
      lastNanos = atNanos;
      learn(frame.samples());
      return 0;
    }
    long elapsed = Math.max(0, atNanos - lastNanos);
    lastNanos = atNanos;
    balanceLight(frame.samples());
    double fraction = compare(frame.samples(), weight(elapsed, ADAPTS_IN), weight(elapsed, CHANGED_ADAPTS_IN));
    if (fraction > ANOTHER_SCENE) {
      learn(frame.samples());
    }
    return fraction;
  }

  private void learn(byte[] luma) {
    int cell = 0;
    for (int y = 0; y < height; y += STEP) {
      int row = y * width;
      for (int x = 0; x < width; x += STEP) {
        average[cell++] = (short) ((luma[row + x] & 0xFF) << SHIFT);
      }
    }
  }

  /** Fills {@link #light}: by how much a pixel of each level is brighter now, for the light's sake. */
  private void balanceLight(byte[] luma) {
    long sum = 0;
    for (short value : average) {
      sum += value;
    }
    int middle = (int) (sum / average.length) >> SHIFT;
    Arrays.fill(darkDifferences, 0);
    Arrays.fill(brightDifferences, 0);
    long darkSum = 0;
    int dark = 0;
    int cell = 0;
    for (int y = 0; y < height; y += STEP) {
      int row = y * width;
      for (int x = 0; x < width; x += STEP) {
        int before = average[cell++] >> SHIFT;
        int difference = (luma[row + x] & 0xFF) - before + LEVELS;
        if (before <= middle) {
          darkDifferences[difference]++;
          darkSum += before;
          dark++;
        } else {
          brightDifferences[difference]++;
        }
      }
    }
    int bright = average.length - dark;
    double darkAt = dark == 0 ? 0 : (double) darkSum / dark;
    double brightAt = bright == 0 ? darkAt : ((double) (sum >> SHIFT) - darkSum) / bright;
    int darker = median(darkDifferences, dark);
    int brighter = median(brightDifferences, bright);
    boolean isFlat = brightAt - darkAt < LEAST_CONTRAST;
    double gain = isFlat ? 1 : 1 + (brighter - darker) / (brightAt - darkAt);
    double atDark = isFlat ? (darker * (double) dark + brighter * (double) bright) / average.length : darker;
    // Beyond that it is no other light but something else that stands before the camera.
    boolean isLight = gain > 1 / MOST_GAIN && gain < MOST_GAIN;
    for (int level = 0; level < LEVELS; level++) {
      light[level] = isLight ? (int) Math.round(atDark + (gain - 1) * (level - darkAt)) : 0;
    }
  }

  private static int median(int[] histogram, int count) {
    int left = count / 2;
    for (int difference = 0; difference < histogram.length; difference++) {
      left -= histogram[difference];
      if (left < 0) {
        return difference - LEVELS;
      }
    }
    return 0;
  }

  /** A pixel counts when the one left of it has changed too: noise comes alone. */
  private double compare(byte[] luma, int weight, int changedWeight) {
    int threshold = Math.max(LEAST_DIFFERENCE, (int) Math.round(TIMES_NOISE * noise));
    int changed = 0;
    int unchanged = 0;
    long noiseSum = 0;
    int cell = 0;
    for (int y = 0; y < height; y += STEP) {
      int row = y * width;
      boolean leftChanged = false;
      for (int x = 0; x < width; x += STEP) {
        int old = average[cell];
        int before = old >> SHIFT;
        int now = luma[row + x] & 0xFF;
        int difference = Math.abs(now - before - light[before]);
        boolean isChanged = difference > threshold;
        if (isChanged) {
          changed += leftChanged ? 1 : 0;
        } else {
          noiseSum += difference;
          unchanged++;
        }
        leftChanged = isChanged;
        average[cell] = (short) (old + ((((now << SHIFT) - old) * (isChanged ? changedWeight : weight)) >> 16));
        cell++;
      }
    }
    double measured = unchanged == 0 ? noise : (double) noiseSum / unchanged;
    noise += (measured - noise) / 8;
    return (double) changed / average.length;
  }

  private static int weight(long elapsedNanos, double adaptsInNanos) {
    return (int) (WHOLE * (1 - Math.exp(-elapsedNanos / adaptsInNanos)));
  }
}
