package dev.porchlight.picture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * The parts that a picture is made of: what comes before the first, and then a JPEG's segments, each with the coded data
 * behind it, or a PNG's chunks. What is spoilt already is taken apart as far as it can be.
 */
final class Pieces {
  private final boolean isPng;
  private final byte[] start;
  private final List<byte[]> pieces;

  private Pieces(boolean isPng, byte[] start, List<byte[]> pieces) {
    this.isPng = isPng;
    this.start = start;
    this.pieces = pieces;
  }

  static Pieces of(byte[] picture) {
    boolean isPng = picture.length > 0 && (picture[0] & 0xFF) == 0x89;
    int at = Math.min(isPng ? 8 : 2, picture.length);
    byte[] start = part(picture, 0, at);
    var pieces = new ArrayList<byte[]>();
    while (at < picture.length) {
      int end = isPng ? endOfChunk(picture, at) : endOfSegment(picture, at);
      pieces.add(part(picture, at, end));
      at = end;
    }
    return new Pieces(isPng, start, pieces);
  }

  byte[] withLength(int piece, int value) {
    return with(piece, isPng ? bytes -> bytes.putInt(0, value) : bytes -> bytes.putShort(2, (short) value));
  }

  byte[] withType(int piece, int value) {
    return with(piece, bytes -> bytes.put(isPng ? 7 : 1, (byte) value));
  }

  byte[] withSize(int width, int height) {
    for (int i = 0; i < pieces.size(); i++) {
      int type = pieces.get(i).length < 10 ? 0 : pieces.get(i)[1] & 0xFF;
      if (isPng && i == 0) {
        return with(i, bytes -> bytes.putInt(8, width).putInt(12, height));
      }
      if (!isPng && (type == 0xC0 || type == 0xC2)) {
        return with(i, bytes -> bytes.putShort(5, (short) height).putShort(7, (short) width));
      }
    }
    return joined();
  }

  byte[] swapped(int first, int second) {
    if (!pieces.isEmpty()) {
      Collections.swap(pieces, first % pieces.size(), second % pieces.size());
    }
    return joined();
  }

  byte[] repeated(int piece, int times) {
    if (!pieces.isEmpty()) {
      int index = piece % pieces.size();
      pieces.addAll(index, Collections.nCopies(times, pieces.get(index)));
    }
    return joined();
  }

  private byte[] with(int piece, Consumer<ByteBuffer> change) {
    if (!pieces.isEmpty()) {
      int index = piece % pieces.size();
      byte[] changed = pieces.get(index).clone();
      if (changed.length >= 16) {
        change.accept(ByteBuffer.wrap(changed));
      }
      pieces.set(index, changed);
    }
    return joined();
  }

  private byte[] joined() {
    var all = new ArrayList<byte[]>(List.of(start));
    all.addAll(pieces);
    return MadePictures.joined(all.toArray(byte[][]::new));
  }

  private static int endOfChunk(byte[] picture, int at) {
    long length = picture.length - at < 4 ? 0 : ByteBuffer.wrap(picture).getInt(at);
    long end = at + 12 + length;
    return length < 0 || end > picture.length ? picture.length : (int) end;
  }

  /** The next marker that is neither a stuffed zero nor a restart. */
  private static int endOfSegment(byte[] picture, int at) {
    for (int i = at + 2; i + 1 < picture.length; i++) {
      int next = picture[i + 1] & 0xFF;
      if ((picture[i] & 0xFF) == 0xFF && next >= 0xC0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
        return i;
      }
    }
    return picture.length;
  }

  private static byte[] part(byte[] picture, int from, int to) {
    return Arrays.copyOfRange(picture, from, to);
  }
}
