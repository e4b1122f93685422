package dev.porchlight.http;

/**
 * Checks UTF-8 byte by byte, across fragments, keeping nothing but where it stands: the well-formed sequences of the
 * Unicode standard, table 3-7. Confined to one connection.
 */
final class Utf8Check {
  private int missing;
  private int lowest = 0x80;
  private int highest = 0xBF;

  /** Takes the first {@code count} of these bytes; returns false when no text can go on like that. */
  boolean accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      // Most text is ASCII: a negative byte is any other.
      if ((bytes[i] < 0 || missing > 0) && !accept(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes the next byte; returns false when no text can go on like that. */
  boolean accept(int value) {
    int b = value & 0xFF;
    if (missing > 0) {
      if (b < lowest || b > highest) {
        return false;
      }
      missing--;
      expect(missing, 0x80, 0xBF);
      return true;
    }
    if (b < 0x80) {
      return true;
    }
    if (b < 0xC2 || b > 0xF4) {
      return false;
    }
    if (b < 0xE0) {
      expect(1, 0x80, 0xBF);
    } else if (b < 0xF0) {
      expect(2, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
    } else {
      expect(3, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
    }
    return true;
  }

  /** True when no character is unfinished. */
  boolean isComplete() {
    return missing == 0;
  }

  private void expect(int bytes, int from, int to) {
    missing = bytes;
    lowest = from;
    highest = to;
  }
}
