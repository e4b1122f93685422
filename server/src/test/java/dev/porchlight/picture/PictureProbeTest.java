package dev.porchlight.picture;

import dev.porchlight.picture.PictureInfo.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.porchlight.picture.MadePictures.interlacedPng;
import static dev.porchlight.picture.MadePictures.joined;
import static dev.porchlight.picture.MadePictures.jpeg;
import static dev.porchlight.picture.MadePictures.noise;
import static dev.porchlight.picture.MadePictures.png;
import static dev.porchlight.picture.MadePictures.pngOf;
import static dev.porchlight.picture.MadePictures.progressiveJpeg;
import static dev.porchlight.picture.MadePictures.withSegment;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureProbeTest {
  private static final byte[] JPEG = jpeg(noise(37, 21));
  private static final byte[] PNG = png(noise(37, 21));

  @Test
  void tellsKindAndSizeOfWholePictures() throws IOException {
    assertThat(probe(JPEG)).isEqualTo(new PictureInfo(Kind.JPEG, 37, 21, 1, true, false, true));
    assertThat(probe(progressiveJpeg(noise(300, 200))))
        .isEqualTo(new PictureInfo(Kind.JPEG, 300, 200, 1, true, true, true));
    assertThat(probe(PNG)).isEqualTo(new PictureInfo(Kind.PNG, 37, 21, 1, true));
    assertThat(probe(interlacedPng(noise(50, 60)))).isEqualTo(new PictureInfo(Kind.PNG, 50, 60, 1, true));
  }

  @Test
  void isNotImpressedByWhatFollowsThePicture() throws IOException {
    assertThat(probe(joined(JPEG, JPEG, new byte[100]))).isEqualTo(probe(JPEG));
    assertThat(probe(joined(PNG, new byte[100]))).isEqualTo(probe(PNG));
  }

  @Test
  void doesNotTakeTheEndOfAThumbnailForTheEnd() throws IOException {
    var withThumbnail = withSegment(JPEG, 0xE1, joined("Exif\0\0".getBytes(US_ASCII), jpeg(noise(8, 8))));

    assertThat(probe(withThumbnail)).isEqualTo(probe(JPEG));
    assertThat(probe(Arrays.copyOf(withThumbnail, withThumbnail.length - 2)).complete()).isFalse();
  }

  @Test
  void stepsOverFillBytesAndStrayBytesBetweenSegments() throws IOException {
    var fill = new byte[]{0, 'x', (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
    var filled = joined(Arrays.copyOf(JPEG, 2), fill, Arrays.copyOfRange(JPEG, 3, JPEG.length));

    assertThat(probe(filled)).isEqualTo(probe(JPEG));
  }

  @Test
  void takesZerosWhereChunksBelongForAFileStillBeingWritten() throws IOException {
    byte[] half = Arrays.copyOf(Arrays.copyOf(PNG, 33), PNG.length);

    assertThat(probe(half)).isEqualTo(new PictureInfo(Kind.PNG, 37, 21, 1, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "GIF89a", "<html>", "\u0089PNX"})
  void refusesWhatIsNoPicture(String text) {
    assertThatExceptionOfType(NotAPictureException.class)
        .isThrownBy(() -> probe(text.getBytes(ISO_8859_1)))
        .matches(e -> !e.isRecognised());
  }

  @Test
  void refusesSizesOfZeroAndBeyondReason() {
    refused(withHeight(JPEG, 0), "37x0");
    refused(pngOf(0, 5, 8, 2, new byte[0]), "0x5");
    refused(pngOf(5, -1, 8, 2, new byte[0]), "5x4294967295");
  }

  @Test
  void refusesBrokenStructure() {
    refused(joined(Arrays.copyOf(JPEG, 2), JPEG), "starts a second time");
    refused(new byte[]{(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9}, "no frame header");
    refused(withSegment(JPEG, 0xDA, new byte[4]), "scan before its frame header");
    refused(withSegment(JPEG, 0xC0, new byte[]{8, 0, 9, 0, 9, 1, 1, 0x11, 0}), "two frame headers");
    refused(pngOf(5, 5, 3, 2, new byte[0]), "unknown coding");
  }

  @Test
  void refusesMoreScansThanAnyPictureNeeds() {
    byte[] end = {(byte) 0xFF, (byte) 0xD9};
    byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 2};
    var scans = new byte[100][];
    Arrays.fill(scans, scan);
    byte[] bomb = joined(Arrays.copyOf(JPEG, JPEG.length - 2), joined(scans), end);

    refused(bomb, "more than 100 scans");
  }

  /** Changes the height in the frame header. */
  private static byte[] withHeight(byte[] jpeg, int height) {
    byte[] changed = jpeg.clone();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == (byte) 0xFF && changed[i + 1] == (byte) 0xC0) {
        changed[i + 5] = (byte) (height >> 8);
        changed[i + 6] = (byte) height;
        return changed;
      }
    }
    throw new IllegalArgumentException("no frame header");
  }

  private static void refused(byte[] bytes, String why) {
    assertThatExceptionOfType(NotAPictureException.class).isThrownBy(() -> probe(bytes))
        .withMessageContaining(why)
        .matches(NotAPictureException::isRecognised);
  }

  private static PictureInfo probe(byte[] bytes) throws IOException {
    return PictureProbe.probe(new ByteArrayInputStream(bytes));
  }
}
