package dev.porchlight.picture;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One way to spoil a picture. Places are parts of its length, 0 to 1; pieces are a JPEG's segments or a PNG's chunks, counted
 * round and round.
 */
public sealed interface Mutation {
  /** One bit is another. */
  record Flip(double at, int bit) implements Mutation {}

  /** One byte is another. */
  record Put(double at, int value) implements Mutation {}

  /** It ends early. */
  record Cut(double at) implements Mutation {}

  /** It goes on as another picture does. */
  record Splice(double at) implements Mutation {}

  /** Bytes are put between. */
  record Insert(double at, int count, int value) implements Mutation {}

  /** A piece says that it is longer or shorter than it is. */
  record Length(int piece, int value) implements Mutation {}

  /** A piece is of another type. */
  record Type(int piece, int value) implements Mutation {}

  /** Two pieces change places. */
  record Swap(int first, int second) implements Mutation {}

  /** A piece comes many times. */
  record Repeat(int piece, int times) implements Mutation {}

  /** It says that it has other sides. */
  record Size(int width, int height) implements Mutation {}

  /** The picture spoilt; {@code other} is one to go on with. */
  default byte[] of(byte[] picture, byte[] other) {
    return switch (this) {
      case Flip(double at, int bit) -> changed(picture, at, index -> (byte) (picture[index] ^ (1 << bit)));
      case Put(double at, int value) -> changed(picture, at, _ -> (byte) value);
      case Cut(double at) -> Arrays.copyOf(picture, (int) (at * picture.length));
      case Splice(double at) -> MadePictures.joined(Arrays.copyOf(picture, (int) (at * picture.length)),
          Arrays.copyOfRange(other, (int) (at * other.length), other.length));
      case Insert(double at, int count, int value) -> {
        var between = new byte[count];
        Arrays.fill(between, (byte) value);
        int index = (int) (at * picture.length);
        yield MadePictures.joined(Arrays.copyOf(picture, index), between,
            Arrays.copyOfRange(picture, index, picture.length));
      }
      case Length(int piece, int value) -> Pieces.of(picture).withLength(piece, value);
      case Type(int piece, int value) -> Pieces.of(picture).withType(piece, value);
      case Swap(int first, int second) -> Pieces.of(picture).swapped(first, second);
      case Repeat(int piece, int times) -> Pieces.of(picture).repeated(piece, times);
      case Size(int width, int height) -> Pieces.of(picture).withSize(width, height);
    };
  }

  /** The picture spoilt by all of these, one after the other. */
  static byte[] all(List<Mutation> mutations, byte[] picture, byte[] other) {
    byte[] spoilt = picture;
    for (Mutation mutation : mutations) {
      spoilt = mutation.of(spoilt, other);
    }
    return spoilt;
  }

  private static byte[] changed(byte[] picture, double at, IntFunction<Byte> change) {
    byte[] changed = picture.clone();
    if (changed.length > 0) {
      int index = Math.min((int) (at * changed.length), changed.length - 1);
      changed[index] = change.apply(index);
    }
    return changed;
  }
}
