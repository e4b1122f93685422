package dev.porchlight.detection;

/**
 * How a picture goes into a model: apart from how boxes come out, which is a {@link BoxDecoder}'s.
 *
 * @param width         pixels across
 * @param height        pixels down
 * @param channelsFirst a plane for each colour (NCHW), or the colours of each pixel together (NHWC)
 * @param blueFirst     blue, green, red, or red, green, blue
 * @param scale         what a colour becomes
 * @param fit           how it is brought into that shape
 */
record InputLayout(int width, int height, boolean channelsFirst, boolean blueFirst, PixelScale scale, Fit fit) {
  static final int CHANNELS = 3;
  /** The grey that the YOLOs are trained to see around a picture. */
  private static final int PADDING = 114;

  /** How many values there are. */
  int values() {
    return CHANNELS * width * height;
  }

  /** How far one pixel is from the next. */
  int pixelStep() {
    return channelsFirst ? 1 : CHANNELS;
  }

  /** Where the values of channel 0 (red), 1 (green) or 2 (blue) begin. */
  int offset(int channel) {
    int place = blueFirst ? CHANNELS - 1 - channel : channel;
    return channelsFirst ? place * width * height : place;
  }

  /** What stands where no picture is, in a channel. */
  float padding(int channel) {
    return scale.of(PADDING, channel);
  }
}
