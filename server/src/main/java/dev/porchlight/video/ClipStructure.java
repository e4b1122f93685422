package dev.porchlight.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells by the outermost structure of a video file whether it is all there, so that what is still being uploaded is not
 * taken for a short film, and what is whole need not rest for long. Whether anything in it can be decoded, it does not say.
 */
final class ClipStructure {
  private static final int HEAD = 16;
  private static final int MOST_BOXES = 100_000;
  private static final int RIFF = 0x52494646;
  private static final int EBML = 0x1A45DFA3;
  private static final int SEGMENT = 0x18538067;
  private static final int MOOV = 0x6D6F6F76;
  private static final int MOOF = 0x6D6F6F66;

  /** How much of it there is. */
  enum Extent {
    WHOLE,
    /** It says itself that more belongs to it. */
    PART,
    /** It does not say. */
    UNKNOWN
  }

  private final FileChannel file;
  private final long size;

  private ClipStructure(FileChannel file) throws IOException {
    this.file = file;
    this.size = file.size();
  }

  /** Looks at a file; reads a few bytes of it here and there. */
  static Extent of(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      return new ClipStructure(file).extent();
    }
  }

  private Extent extent() throws IOException {
    if (size < HEAD) {
      return Extent.PART;
    }
    ByteBuffer head = read(0);
    return switch (head.getInt(0)) {
      case RIFF -> riff();
      case EBML -> matroska();
      // Some network drives first make room, full of zeros, and then fill it.
      case 0 -> Extent.PART;
      default -> isBoxType(head.getInt(4)) ? boxes() : Extent.UNKNOWN;
    };
  }

  /** AVI: one RIFF chunk, and when it is long, others behind it. */
  private Extent riff() throws IOException {
    long at = 0;
    while (at + 8 <= size) {
      ByteBuffer head = read(at).order(ByteOrder.LITTLE_ENDIAN);
      long length = Integer.toUnsignedLong(head.getInt(4));
      if (Integer.reverseBytes(head.getInt(0)) != RIFF) {
        return Extent.WHOLE;
      }
      if (length == 0 || at + 8 + length > size) {
        return Extent.PART;
      }
      at += 8 + length + (length & 1);
    }
    return Extent.WHOLE;
  }

  /** Matroska and WebM: a header, and a segment that goes on to the end, if it says where that is. */
  private Extent matroska() throws IOException {
    long at = 4;
    Length header = length(at);
    at += header.bytes + header.value;
    if (at + HEAD > size || header.isUnknown) {
      return Extent.PART;
    }
    if (read(at).getInt(0) != SEGMENT) {
      return Extent.UNKNOWN;
    }
    Length segment = length(at + 4);
    if (segment.isUnknown) {
      return Extent.UNKNOWN;
    }
    return at + 4 + segment.bytes + segment.value > size ? Extent.PART : Extent.WHOLE;
  }

  /** MP4 and QuickTime: boxes one after the other, one of which says where the pictures are. */
  private Extent boxes() throws IOException {
    long at = 0;
    boolean hasIndex = false;
    boolean isFragmented = false;
    for (int box = 0; box < MOST_BOXES && at < size; box++) {
      if (at + 8 > size) {
        return Extent.PART;
      }
      ByteBuffer head = read(at);
      long length = Integer.toUnsignedLong(head.getInt(0));
      int type = head.getInt(4);
      hasIndex |= type == MOOV;
      isFragmented |= type == MOOF;
      if (length == 1 && head.limit() == HEAD) {
        length = head.getLong(8);
      } else if (length == 0) {
        return Extent.UNKNOWN;
      }
      if (length < 8 || length > size - at) {
        return Extent.PART;
      }
      at += length;
    }
    if (!hasIndex) {
      return Extent.PART;
    }
    // Of fragments there may always come one more.
    return isFragmented ? Extent.UNKNOWN : Extent.WHOLE;
  }

  private Length length(long at) throws IOException {
    ByteBuffer bytes = read(at);
    int first = bytes.get(0) & 0xFF;
    int count = Integer.numberOfLeadingZeros(first) - 23;
    if (count > 8 || count > bytes.limit()) {
      return new Length(0, 1, true);
    }
    long value = first & (0xFF >> count);
    boolean isUnknown = value == 0xFF >> count;
    for (int i = 1; i < count; i++) {
      int next = bytes.get(i) & 0xFF;
      isUnknown &= next == 0xFF;
      value = (value << 8) | next;
    }
    return new Length(value, count, isUnknown);
  }

  private static boolean isBoxType(int type) {
    for (int shift = 0; shift < 32; shift += 8) {
      int c = (type >>> shift) & 0xFF;
      if (c < 'a' || c > 'z') {
        return false;
      }
    }
    return true;
  }

  private ByteBuffer read(long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(HEAD, Math.max(0, size - at)));
    while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
      // A channel may give less than asked for.
    }
    return bytes.flip();
  }

  private record Length(long value, int bytes, boolean isUnknown) {}
}
