package dev.porchlight.picture;

import dev.porchlight.Waits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Cuts and garbles real pictures in every way: the probe must end, say so, and never claim that a cut one is whole. */
class BrokenPicturesTest {
  private static final BufferedImage IMAGE = MadePictures.noise(41, 33);
  private static final int MUTANTS = 20_000;

  static Stream<byte[]> pictures() {
    byte[] jpeg = MadePictures.jpeg(IMAGE);
    return Stream.of(jpeg, MadePictures.progressiveJpeg(IMAGE),
        MadePictures.withOrientation(jpeg, 6, ByteOrder.LITTLE_ENDIAN), MadePictures.png(IMAGE),
        MadePictures.interlacedPng(IMAGE),
        MadePictures.withChunk(MadePictures.png(IMAGE), "eXIf", MadePictures.tiff(8, ByteOrder.BIG_ENDIAN)));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void neverCallsACutPictureWhole(byte[] picture) throws IOException {
    for (int length = 0; length < picture.length; length++) {
      PictureInfo info = probeOrNull(Arrays.copyOf(picture, length));
      if (info != null) {
        assertThat(info.complete()).as("cut to %d of %d", length, picture.length).isFalse();
        assertThat(List.of(info.width(), info.height())).containsExactly(41, 33);
      }
    }
    assertThat(PictureProbe.probe(new ByteArrayInputStream(picture)).complete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void answersGarbledPicturesWithNothingButItsOwnException(byte[] picture) {
    var random = new Random(42);
    Assertions.assertTimeoutPreemptively(Waits.LIMIT, () -> {
      for (int i = 0; i < MUTANTS; i++) {
        PictureInfo info = probeOrNull(mutant(picture, random));
        if (info != null) {
          assertThat(info.pixels()).isPositive();
          assertThat(info.orientation()).isBetween(1, 8);
        }
      }
    });
  }

  @Test
  void answersAnyExifWithAnOrientation() {
    var random = new Random(43);
    for (int i = 0; i < MUTANTS; i++) {
      byte[] block = mutant(MadePictures.tiff(5, i % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN), random);
      assertThat(ExifOrientation.of(block, new byte[0])).isBetween(1, 8);
    }
  }

  private static byte[] mutant(byte[] picture, Random random) {
    byte[] mutant = random.nextInt(4) == 0 ? Arrays.copyOf(picture, random.nextInt(picture.length)) : picture.clone();
    // Most of the structure is at the front.
    int reach = random.nextBoolean() ? Math.min(mutant.length, 200) : mutant.length;
    for (int flips = 1 + random.nextInt(4); flips > 0 && reach > 0; flips--) {
      mutant[random.nextInt(reach)] = (byte) (random.nextInt(3) == 0 ? 0xFF : random.nextInt());
    }
    return mutant;
  }

  private static @Nullable PictureInfo probeOrNull(byte[] bytes) throws IOException {
    try {
      return PictureProbe.probe(new ByteArrayInputStream(bytes));
    } catch (NotAPictureException _) {
      return null;
    }
  }
}
