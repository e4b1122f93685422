package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import dev.porchlight.domain.Box;
import dev.porchlight.picture.MadePictures;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The native decoder beside ImageIO, which decodes the same pictures to nearly the same colours. Seen to fail when red and
 * blue are exchanged, when the bytes of grey words are taken from the other end, when a part is not moved, and when a reduced
 * picture is taken for one of full size.
 */
class JpegLibraryTest {
  /** Two decoders round differently, and smooth the halved colours of a JPEG differently; noise would be far more. */
  private static final double ALIKE = 4;

  private final PictureReader plain = new PictureReader(new PictureMemory(), null);
  private PictureReader quick = plain;

  @BeforeEach
  void load() {
    JpegLibrary library = JpegLibrary.shared();
    Assumptions.assumeTrue(library != null, "there is none for this platform");
    quick = new PictureReader(new PictureMemory(), library);
  }

  static Stream<String> photos() {
    return Stream.of("messi5.jpg", "aloeL.jpg", "building.jpg", "leuvenA.jpg", "home.jpg", "left01.jpg");
  }

  /** Left01.jpg is grey. */
  @ParameterizedTest
  @MethodSource("photos")
  void seesWhatImageIoSees(String name) throws Exception {
    byte[] jpeg = Files.readAllBytes(TestMedia.find("examples/data/" + name));
    for (int side : new int[]{100, 300, 2000}) {
      try (var one = quick.decode(jpeg, new Sight(side, false));
          var other = plain.decode(jpeg, new Sight(2000, false))) {
        assertThat(one.rows()).isInstanceOf(WordRows.class);
        assertThat(one.width()).isEqualTo(other.width());
        assertThat(one.height()).isEqualTo(other.height());
        assertThat(difference(Upright.draw(one, 60, 40), Upright.draw(other, 60, 40))).isLessThan(ALIKE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8})
  void cutsOutTheSamePart(int step) throws Exception {
    byte[] jpeg = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    var part = new Box(104, 48, 240, 160);
    try (var one = quick.decode(jpeg, _ -> new Excerpt(part, step, 0));
        var other = plain.decode(jpeg, _ -> new Excerpt(part, 1, 0))) {
      assertThat(one.width()).isEqualTo(240);
      assertThat(one.rows().width()).isBetween(240 / step, 240);
      assertThat(difference(Upright.draw(one, 30, 20), Upright.draw(other, 30, 20))).isLessThan(ALIKE);
    }
  }

  @Test
  void whatItCannotDecodeIsNull() {
    var library = Objects.requireNonNull(JpegLibrary.shared());
    byte[] jpeg = MadePictures.jpeg(MadePictures.noise(64, 48));

    assertThat(library.decode(jpeg, 1)).isNotNull();
    assertThat(library.decode(new byte[0], 1)).isNull();
    assertThat(library.decode(new byte[]{(byte) 0xFF, (byte) 0xD8, 0, 0}, 1)).isNull();
  }

  /** Cameras leave out the tables that all pictures of motion JPEG share; ImageIO takes no picture without them. */
  @Test
  void aFrameOfMotionJpegWithoutItsTablesIsDecoded() throws Exception {
    var image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bare = MadePictures.withoutHuffmanTables(MadePictures.jpeg(image));

    try (var picture = quick.decode(bare, Sight.USUAL)) {
      assertThat(picture.width()).isEqualTo(64);
    }
  }

  /** The mean of how far samples lie apart, from 0 to 255. */
  private static double difference(Canvas one, Canvas other) {
    long sum = 0;
    for (int y = 0; y < one.height(); y++) {
      for (int x = 0; x < one.width(); x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          sum += Math.abs(((one.colour(x, y) >> shift) & 0xFF) - ((other.colour(x, y) >> shift) & 0xFF));
        }
      }
    }
    return sum / (3.0 * one.width() * one.height());
  }
}
