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

  private final float factor;
  private final float[] divisors;
  private final float[] shifts;

  PixelScale(float factor, float[] divisors, float[] shifts) {
    this.factor = factor;
    this.divisors = divisors;
    this.shifts = shifts;
  }

  /** The value of a colour from 0 to 255 in channel 0 (red), 1 (green) or 2 (blue). */
  float of(float colour, int channel) {
    return colour * factor / divisors[channel] + shifts[channel];
  }
}
