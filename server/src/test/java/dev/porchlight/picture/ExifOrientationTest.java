package dev.porchlight.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.porchlight.picture.MadePictures.jpeg;
import static dev.porchlight.picture.MadePictures.noise;
import static dev.porchlight.picture.MadePictures.png;
import static dev.porchlight.picture.MadePictures.tiff;
import static dev.porchlight.picture.MadePictures.withChunk;
import static dev.porchlight.picture.MadePictures.withOrientation;
import static dev.porchlight.picture.MadePictures.withSegment;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

class ExifOrientationTest {
  private static final byte[] JPEG = jpeg(noise(9, 7));
  private static final byte[] NO_PREFIX = {};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void isReadInBothByteOrdersFromJpegAndPng(int orientation) throws IOException {
    for (ByteOrder order : new ByteOrder[]{ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      assertThat(orientation(withOrientation(JPEG, orientation, order))).isEqualTo(orientation);
      assertThat(orientation(withChunk(png(noise(9, 7)), "eXIf", tiff(orientation, order)))).isEqualTo(orientation);
    }
  }

  @Test
  void isFoundBehindOtherSegmentsOfTheSameKind() throws IOException {
    byte[] exifSecond = withSegment(withOrientation(JPEG, 6, ByteOrder.BIG_ENDIAN), 0xE1,
        "http://ns.adobe.com/xap/1.0/\0".getBytes(US_ASCII));

    assertThat(orientation(exifSecond)).isEqualTo(6);
  }

  @Test
  void isUprightWhenTheBlockIsMalformed() {
    byte[] whole = tiff(6, ByteOrder.BIG_ENDIAN);
    assertThat(ExifOrientation.of(whole, NO_PREFIX)).isEqualTo(6);
    // Up to here the entry of the orientation is cut off.
    for (int length = 0; length < 34; length++) {
      assertThat(ExifOrientation.of(Arrays.copyOf(whole, length), NO_PREFIX)).isEqualTo(1);
    }
    assertThat(ExifOrientation.of(changed(whole, 4, Integer.MAX_VALUE), NO_PREFIX)).isEqualTo(1);
    assertThat(ExifOrientation.of(changed(whole, 4, -1), NO_PREFIX)).isEqualTo(1);
    assertThat(ExifOrientation.of(tiff(9, ByteOrder.BIG_ENDIAN), NO_PREFIX)).isEqualTo(1);
    assertThat(ExifOrientation.of(tiff(0, ByteOrder.LITTLE_ENDIAN), NO_PREFIX)).isEqualTo(1);
  }

  private static byte[] changed(byte[] block, int at, int value) {
    return ByteBuffer.wrap(block.clone()).putInt(at, value).array();
  }

  private static int orientation(byte[] picture) throws IOException {
    return PictureProbe.probe(new ByteArrayInputStream(picture)).orientation();
  }
}
