package dev.porchlight.detection;

/** What a model takes for a colour of 0 to 255: {@code colour * factor / divisor + shift}, by channel red, green, blue. */
@SuppressWarnings("ImmutableEnumChecker") // Nobody writes to its arrays.
enum PixelScale {
  /** As it is. */
  BYTES(1, new float[]{1, 1, 1}, new float[]{0, 0, 0}),
  /** 0 to 1. */
  UNIT(1, new float[]{255, 255, 255}, new float[]{0, 0, 0}),
  /** -1 to 1. */
  SIGNED(2, new float[]{255, 255, 255}, new float[]{-1, -1, -1}),
  /** Parts of 1, less ImageNet's means (0.485, 0.456, 0.406), over its deviations (0.229, 0.224, 0.225). */
  IMAGENET(1, new float[]{255 * 0.229f, 255 * 0.224f, 255 * 0.225f},
      new float[]{-0.485f / 0.229f, -0.456f / 0.224f, -0.406f / 0.225f});

  private final float[] slopes = new float[InputLayout.CHANNELS];
  private final float[] shifts;

  PixelScale(float factor, float[] divisors, float[] shifts) {
    for (int channel = 0; channel < slopes.length; channel++) {
      slopes[channel] = (float) ((double) factor / divisors[channel]);
    }
    this.shifts = shifts;
  }

  /** The value of a colour from 0 to 255 in channel 0 (red), 1 (green) or 2 (blue). */
  float of(float colour, int channel) {
    return colour * slopes[channel] + shifts[channel];
  }

  /**
   * The values of a row in one channel.
   *
   * @param row  red, green, blue of each pixel, 0 to 255
   * @param to   where the value of the first pixel goes in {@code into}
   * @param step from there to the value of the next
   */
  void of(float[] row, int pixels, int channel, float[] into, int to, int step) {
    float slope = slopes[channel];
    float shift = shifts[channel];
    int place = to;
    for (int from = channel; from < InputLayout.CHANNELS * pixels; from += InputLayout.CHANNELS) {
      into[place] = row[from] * slope + shift;
      place += step;
    }
  }
}
