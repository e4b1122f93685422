package dev.porchlight.detection;

import dev.porchlight.detection.PictureException.Reason;
import dev.porchlight.picture.MadePictures;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PictureReaderTest {
  private final PictureMemory memory = new PictureMemory();
  private final PictureReader reader = new PictureReader(memory);

  @TempDir
  private Path folder;

  @Test
  void keepsSmallPicturesWhole() throws Exception {
    var image = MadePictures.noise(1199, 700);
    for (byte[] bytes : new byte[][]{MadePictures.png(image), MadePictures.interlacedPng(image)}) {
      try (var picture = reader.decode(bytes, Sight.USUAL)) {
        assertThat(size(picture)).isEqualTo("1199x700");
        assertThat(colour(picture, 17, 31)).isEqualTo(image.getRGB(17, 31) & 0xFFFFFF);
      }
    }
  }

  @Test
  void reducesLargeOnesAndTellsTheSizeOfTheSource() throws Exception {
    var image = MadePictures.noise(2401, 1800);
    for (byte[] bytes : new byte[][]{MadePictures.png(image), MadePictures.interlacedPng(image)}) {
      try (var picture = reader.decode(bytes, Sight.USUAL)) {
        assertThat(picture.width()).isEqualTo(2401);
        assertThat(picture.height()).isEqualTo(1800);
        assertThat(size(picture)).isEqualTo("801x600");
        assertThat(colour(picture, 100, 200)).isEqualTo(image.getRGB(300, 600) & 0xFFFFFF);
      }
    }
    try (var picture = reader.decode(MadePictures.progressiveJpeg(image), Sight.USUAL)) {
      assertThat(size(picture)).isEqualTo("601x450");
    }
  }

  @Test
  void neverKeepsMoreThanEightMegapixelsWhateverTheShape() throws Exception {
    try (var picture = reader.decode(blackPng(20_000, 2_000, 8, 2), Sight.USUAL)) {
      assertThat(size(picture)).isEqualTo("6667x667");
    }
    try (var picture = reader.decode(blackPng(50_000, 1_000, 8, 0), Sight.USUAL)) {
      assertThat((long) picture.rows().width() * picture.rows().height()).isLessThanOrEqualTo(8_000_000);
    }
  }

  @Test
  void decodesALargeProgressivePictureAlone() throws Exception {
    byte[] progressive = MadePictures.progressiveJpeg(new BufferedImage(3000, 3000, BufferedImage.TYPE_3BYTE_BGR));
    try (var picture = reader.decode(progressive, Sight.USUAL)) {
      assertThat(size(picture)).isEqualTo("375x375");
      assertThat(memory.isFull()).isTrue();
    }
    assertThat(memory.isFull()).isFalse();
  }

  @Test
  void decodesAPictureThatIsSmallOnDiskAndLargeInMemory() throws Exception {
    byte[] bomb = blackPng(7_000, 7_000, 16, 6);

    assertThat(bomb).hasSizeLessThan(1 << 20);
    try (var picture = reader.decode(bomb, Sight.USUAL)) {
      assertThat(size(picture)).isEqualTo("637x637");
    }
  }

  @Test
  void refusesMoreThanFiftyMegapixelsByTheHeader() {
    refused(MadePictures.pngOf(10_000, 5_001, 8, 2, new byte[10]), Reason.TOO_MANY_PIXELS, "10000 x 5001");
    refused(MadePictures.pngOf(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 2, new byte[10]), Reason.TOO_MANY_PIXELS,
        "50 million");
  }

  @Test
  void refusesFilesOfMoreThan32MebibytesUnread() throws IOException {
    Path file = Files.write(folder.resolve("large.jpg"), new byte[(32 << 20) + 1]);

    assertThatExceptionOfType(PictureException.class).isThrownBy(() -> reader.read(file, Sight.USUAL))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  @Test
  void refusesWhatIsCutOrNoPicture() {
    byte[] jpeg = MadePictures.jpeg(MadePictures.noise(64, 64));
    refused(Arrays.copyOf(jpeg, jpeg.length - 2), Reason.DAMAGED, "end before the picture does");
    refused(Arrays.copyOf(jpeg, 20), Reason.DAMAGED, "size is told");
    refused(new byte[]{1, 2, 3}, Reason.NOT_A_PICTURE, "neither a JPEG nor a PNG");
    refused(MadePictures.pngOf(10, 10, 8, 2, new byte[10]), Reason.DAMAGED, "cannot be decoded");
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY, BufferedImage.TYPE_INT_ARGB,
    BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED})
  void takesEveryKindOfPng(int type) throws Exception {
    var image = new BufferedImage(20, 10, type);
    int white = image.getColorModel().getPixelSize() == 16 ? 0xFFFF : 0xFF;
    if (image.getColorModel().getNumComponents() == 1) {
      image.getRaster().setSample(3, 4, 0, white);
    } else {
      image.setRGB(3, 4, 0xFFFFFFFF);
    }

    try (var picture = reader.decode(MadePictures.png(image), Sight.USUAL)) {
      assertThat(colour(picture, 3, 4)).isEqualTo(0xFFFFFF);
      assertThat(colour(picture, 4, 4)).isZero();
    }
  }

  @Test
  void takesSixteenBitColour() throws Exception {
    var colours = new ComponentColorModel(ColorSpace.getInstance(ColorSpace.CS_sRGB), true, false,
        ComponentColorModel.TRANSLUCENT, DataBuffer.TYPE_USHORT);
    var raster = colours.createCompatibleWritableRaster(20, 10);
    raster.setPixel(3, 4, new int[]{0xFFFF, 0x8000, 0x00FF, 0xFFFF});

    try (var picture = reader.decode(MadePictures.png(new BufferedImage(colours, raster, false, null)), Sight.USUAL)) {
      assertThat(colour(picture, 3, 4)).isEqualTo(0xFF8000);
    }
  }

  @Test
  void leavesGreyAsBrightAsItIs() throws Exception {
    var image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 16, i / 16, 0, 100);
    }
    for (byte[] bytes : new byte[][]{MadePictures.png(image), MadePictures.jpeg(image)}) {
      try (var picture = reader.decode(bytes, Sight.USUAL)) {
        assertThat(colour(picture, 3, 4)).isEqualTo(0x646464);
      }
    }
  }

  @Test
  void takesTheFourColoursOfPrinters() throws Exception {
    // As Photoshop stores them, inverted: no cyan, all magenta and yellow, no black is red.
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
    byte[] red = MadePictures.withSegment(fourColourJpeg(255, 0, 0, 255), 0xEE, adobe);

    try (var picture = reader.decode(red, Sight.USUAL)) {
      assertThat(colour(picture, 3, 4)).isEqualTo(0xFF0000);
    }
  }

  @Test
  void appliesTheOrientationToTheSize() throws Exception {
    byte[] turned = MadePictures.withOrientation(MadePictures.jpeg(MadePictures.noise(64, 32)), 6,
        ByteOrder.LITTLE_ENDIAN);

    try (var picture = reader.decode(turned, Sight.USUAL)) {
      assertThat(picture.width()).isEqualTo(32);
      assertThat(picture.height()).isEqualTo(64);
    }
  }

  @Test
  void answersGarbledPicturesWithAReasonAndGivesTheMemoryBack() throws Exception {
    var random = new Random(7);
    var image = MadePictures.noise(33, 21);
    byte[][] pictures = {MadePictures.jpeg(image), MadePictures.progressiveJpeg(image), MadePictures.png(image),
      MadePictures.interlacedPng(image), MadePictures.png(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_INDEXED))};
    for (int i = 0; i < 3_000; i++) {
      byte[] mutant = pictures[i % pictures.length].clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
      }
      try (var picture = reader.decode(mutant, Sight.USUAL)) {
        assertThat(picture.width()).isPositive();
      } catch (PictureException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      }
    }
    // All of it: this would wait for ever if any were missing.
    memory.pixels(PictureMemory.PIXEL_BYTES).close();
  }

  private void refused(byte[] bytes, Reason reason, String why) {
    assertThatExceptionOfType(PictureException.class).isThrownBy(() -> reader.decode(bytes, Sight.USUAL))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static String size(Picture picture) {
    return picture.rows().width() + "x" + picture.rows().height();
  }

  private static int colour(Picture picture, int x, int y) {
    var row = new int[3 * picture.rows().width()];
    picture.rows().row(y, row);
    return row[3 * x] << 16 | row[3 * x + 1] << 8 | row[3 * x + 2];
  }

  /** All samples zero. */
  private static byte[] blackPng(int width, int height, int depth, int colourType) {
    int samples = colourType == 6 ? 4 : colourType == 2 ? 3 : 1;
    var data = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(data)) {
      var row = new byte[1 + width * samples * depth / 8];
      for (int y = 0; y < height; y++) {
        deflater.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MadePictures.pngOf(width, height, depth, colourType, data.toByteArray());
  }

  private static byte[] fourColourJpeg(int... inks) throws IOException {
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, inks);
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
