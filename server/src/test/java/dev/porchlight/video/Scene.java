package dev.porchlight.video;

import java.util.Arrays;
import java.util.Random;

/** Made pictures: a garden with a bright and a dark half, some texture and a camera's noise, in which a box may stand. */
final class Scene {
  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  private final Random random = new Random(42);
  private final byte[] garden = new byte[WIDTH * HEIGHT];
  private double gain = 1;
  private int offset;
  private int noise = 2;
  private boolean isTurned;
  private int boxAt = -1;
  private int boxWidth;
  private int boxHeight;

  Scene() {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int level = (y < HEIGHT / 2 ? 150 : 70) + (x / 40 % 2 == 0 ? 15 : 0) + (x * 7 + y * 13) % 9;
        garden[y * WIDTH + x] = (byte) level;
      }
    }
  }

  /** Another exposure. */
  Scene light(double newGain, int newOffset) {
    gain = newGain;
    offset = newOffset;
    return this;
  }

  Scene noise(int most) {
    noise = most;
    return this;
  }

  /** The camera has been turned: what was above is below. */
  Scene turned() {
    isTurned = true;
    return this;
  }

  /** Somebody stands at {@code x}. */
  Scene box(int x, int width, int height) {
    boxAt = x;
    boxWidth = width;
    boxHeight = height;
    return this;
  }

  Scene nobody() {
    boxAt = -1;
    return this;
  }

  YuvFrame frame() {
    var frame = new YuvFrame(WIDTH, HEIGHT);
    byte[] samples = frame.samples();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean isBox = boxAt >= 0 && x >= boxAt && x < boxAt + boxWidth && y >= 200 && y < 200 + boxHeight;
        int level = isBox ? 30 : garden[(isTurned ? HEIGHT - 1 - y : y) * WIDTH + x] & 0xFF;
        int shown = (int) (level * gain) + offset + (noise == 0 ? 0 : random.nextInt(-noise, noise + 1));
        samples[y * WIDTH + x] = (byte) Math.clamp(shown, 0, 255);
      }
    }
    Arrays.fill(samples, WIDTH * HEIGHT, samples.length, (byte) 128);
    return frame;
  }
}
