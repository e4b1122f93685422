package dev.porchlight.detection;

import dev.porchlight.detection.PictureException.Reason;
import dev.porchlight.picture.MadePictures;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Pictures that cameras and people send now and then, and some that only an enemy sends: a clear result for each. */
class OddPicturesTest {
  private static final byte[] JPEG = MadePictures.jpeg(MadePictures.noise(64, 48));

  private final PictureReader reader = new PictureReader(new PictureMemory());

  @Test
  void takesYcckAsPhotoshopStoresIt() throws Exception {
    // Adobe inverts: red, which is no cyan and all magenta and yellow, is 255, 0, 0. Its complement 0, 255, 255 is what is
    // turned to luma and chroma (T.871).
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 2};
    byte[] ycck = MadePictures.withSegment(fourColours(179, 171, 1, 255), 0xEE, adobe);

    try (var picture = reader.decode(ycck, Sight.USUAL)) {
      int colour = colour(picture, 3, 4);
      assertThat(colour >> 16 & 0xFF).isGreaterThan(240);
      assertThat(colour >> 8 & 0xFF).isLessThan(15);
      assertThat(colour & 0xFF).isLessThan(15);
    }
  }

  @Test
  void takesTheFirstPictureOfAnAnimatedPng() throws Exception {
    var image = MadePictures.noise(40, 30);
    byte[] animated = MadePictures.withChunk(
        MadePictures.withChunk(MadePictures.png(image), "fcTL", new byte[26]), "acTL",
        new byte[]{0, 0, 0, 2, 0, 0, 0, 0});

    try (var picture = reader.decode(animated, Sight.USUAL)) {
      assertThat(colour(picture, 17, 11)).isEqualTo(image.getRGB(17, 11) & 0xFFFFFF);
    }
  }

  @Test
  void takesWhatIsTransparentAsIfItWereNot() throws Exception {
    var image = new BufferedImage(10, 10, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(3, 4, 0x00336699);

    try (var picture = reader.decode(MadePictures.png(image), Sight.USUAL)) {
      assertThat(colour(picture, 3, 4)).isEqualTo(0x336699);
    }
  }

  @Test
  void refusesOtherFormatsWhateverTheyAreCalled() throws IOException {
    var gif = new ByteArrayOutputStream();
    ImageIO.write(MadePictures.noise(20, 20), "gif", gif);
    var bmp = new ByteArrayOutputStream();
    ImageIO.write(MadePictures.noise(20, 20), "bmp", bmp);
    for (byte[] other : new byte[][]{gif.toByteArray(), bmp.toByteArray(), text("RIFF\0\0\0\0WEBPVP8 "),
      text("\0\0\0\30ftypheic\0\0\0\0"), text("II*\0"), text("%PDF-1.7")}) {
      refused(other, Reason.NOT_A_PICTURE, "neither a JPEG nor a PNG");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC9, 0xCA, 0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF})
  void refusesCodingsOfJpegThatNoCameraUses(int frameHeader) {
    // Arithmetic, lossless and hierarchical.
    refused(withFrameHeader(frameHeader), Reason.UNSUPPORTED, "cannot be decoded");
  }

  @Test
  void refusesTwelveBitsOfJpeg() {
    byte[] deep = JPEG.clone();
    deep[frameHeader(deep) + 4] = 12;
    refused(deep, Reason.UNSUPPORTED, "cannot be decoded");
  }

  @Test
  void refusesBombsByTheirHeader() {
    refused(MadePictures.pngOf(50_000, 50_000, 8, 2, new byte[10]), Reason.TOO_MANY_PIXELS, "50000 x 50000");
    byte[] jpeg = JPEG.clone();
    ByteBuffer.wrap(jpeg)
        .putShort(frameHeader(jpeg) + 5, (short) 65_500)
        .putShort(frameHeader(jpeg) + 7, (short) 65_500);
    refused(jpeg, Reason.TOO_MANY_PIXELS, "65500 x 65500");
  }

  /** Rows are decoded whole: this one is 392 MB, with fewer pixels than are allowed. */
  @Test
  void refusesASideThatIsLongerThanAnyPicture() {
    refused(MadePictures.pngOf(49_000_000, 1, 16, 6, new byte[10]), Reason.TOO_MANY_PIXELS, "49000000 x 1");
    refused(MadePictures.pngOf(1, 49_000_000, 16, 6, new byte[10]), Reason.TOO_MANY_PIXELS, "1 x 49000000");
    refused(MadePictures.pngOf(65_536, 2, 8, 2, new byte[10]), Reason.TOO_MANY_PIXELS, "65536 x 2");
  }

  /** Seen to take more than 20 s before scans were bounded by what they go over: from a file of 2 MB. */
  @Test
  void refusesManyScansOverALargePicture() {
    byte[] progressive = MadePictures.progressiveJpeg(new BufferedImage(6_000, 8_000, BufferedImage.TYPE_BYTE_GRAY));

    refused(repeatedLastScan(progressive, 85), Reason.DAMAGED, "too many scans for its size");
  }

  private void refused(byte[] bytes, Reason reason, String why) {
    assertThatExceptionOfType(PictureException.class).isThrownBy(() -> reader.decode(bytes, Sight.USUAL).close())
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static byte[] repeatedLastScan(byte[] progressive, int times) {
    int scan = progressive.length - 2;
    while ((progressive[scan] & 0xFF) != 0xFF || (progressive[scan + 1] & 0xFF) != 0xDA) {
      scan--;
    }
    var all = new ByteArrayOutputStream();
    all.write(progressive, 0, scan);
    for (int i = 0; i < times; i++) {
      all.write(progressive, scan, progressive.length - 2 - scan);
    }
    all.write(progressive, progressive.length - 2, 2);
    return all.toByteArray();
  }

  private static byte[] withFrameHeader(int marker) {
    byte[] jpeg = JPEG.clone();
    jpeg[frameHeader(jpeg) + 1] = (byte) marker;
    return jpeg;
  }

  private static int frameHeader(byte[] jpeg) {
    for (int at = 2; at < jpeg.length; at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2)) {
      if ((jpeg[at + 1] & 0xFF) == 0xC0) {
        return at;
      }
    }
    throw new AssertionError("no frame header");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int colour(Picture picture, int x, int y) {
    var row = new int[3 * picture.rows().width()];
    picture.rows().row(y, row);
    return row[3 * x] << 16 | row[3 * x + 1] << 8 | row[3 * x + 2];
  }

  private static byte[] fourColours(int... samples) throws IOException {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, samples);
    }
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
