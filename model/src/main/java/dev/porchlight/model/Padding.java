package dev.porchlight.model;

/** How a convolution treats the border of its picture, in TensorFlow's terms. Counts are pixels along one axis. */
enum Padding {
  /** Padded with zeros so that the output has {@code ceil(size / stride)} pixels; the odd one out goes to the end. */
  SAME {
    @Override
    int output(int size, int kernel, int stride) {
      return Math.ceilDiv(size, stride);
    }

    @Override
    int total(int size, int kernel, int stride) {
      return Math.max((output(size, kernel, stride) - 1) * stride + kernel - size, 0);
    }
  },
  /** Not padded: the kernel stays inside the picture. */
  VALID {
    @Override
    int output(int size, int kernel, int stride) {
      return Math.ceilDiv(size - kernel + 1, stride);
    }

    @Override
    int total(int size, int kernel, int stride) {
      return 0;
    }
  };

  abstract int output(int size, int kernel, int stride);

  abstract int total(int size, int kernel, int stride);

  final int before(int size, int kernel, int stride) {
    return total(size, kernel, stride) / 2;
  }

  final int after(int size, int kernel, int stride) {
    return total(size, kernel, stride) - before(size, kernel, stride);
  }
}
