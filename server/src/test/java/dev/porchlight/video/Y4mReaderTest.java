package dev.porchlight.video;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class Y4mReaderTest {
  private static final String HEADER = "YUV4MPEG2 W18 H17 F119:12 Ip A0:0 C420mpeg2 XYSCSS=420MPEG2 XCOLORRANGE=FULL\n";
  /** With sides that are odd, chroma is rounded up. */
  private static final int SAMPLES = 18 * 17 + 2 * 9 * 9;

  @Test
  void readsPicturesOfTheSizeThatTheHeaderSays() throws IOException {
    String stream = HEADER + "FRAME\n" + "a".repeat(SAMPLES) + "FRAME Ip\n" + "b".repeat(SAMPLES);
    var reader = reader(stream);

    YuvFrame first = Objects.requireNonNull(reader.next());
    assertThat(first.width()).isEqualTo(18);
    assertThat(first.height()).isEqualTo(17);
    assertThat(first.samples()).hasSize(SAMPLES).containsOnly('a');
    assertThat(reader.next()).isSameAs(first);
    assertThat(first.samples()).containsOnly('b');
    assertThat(reader.next()).isNull();
  }

  @Test
  void aStreamOfNothingHasNoPicture() throws IOException {
    assertThat(reader("").next()).isNull();
    assertThat(reader(HEADER).next()).isNull();
  }

  @Test
  void whatEndsWithinALineOrAPictureIsNoPicture() throws IOException {
    assertThatExceptionOfType(EOFException.class).isThrownBy(() -> reader("YUV4MPEG2 W18").next());
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> reader(HEADER + "FRAME\n" + "a".repeat(SAMPLES - 1)).next());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\n",
    "YUV4MPEG2\n",
    "YUV4MPEG2 W18 H17\n",
    "YUV4MPEG2 W18 H17 C444\n",
    "YUV4MPEG2 W18 H17 C420p10\n",
    "YUV4MPEG2 W0 H17 C420jpeg\n",
    "YUV4MPEG2 W-18 H17 C420jpeg\n",
    "YUV4MPEG2 W99999 H99999 C420jpeg\n",
    "YUV4MPEG2 W16000 H16000 C420jpeg\n",
    "YUV4MPEG2 W4294967314 H17 C420jpeg\n",
    "YUV4MPEG2 Wx H17 C420jpeg\n"})
  void refusesWhatIsNoVideoOfTheKindAskedFor(String header) {
    assertThatExceptionOfType(VideoException.class).isThrownBy(() -> reader(header + "FRAME\n").next());
  }

  @Test
  void aLineThatDoesNotEndIsRefusedBeforeItFillsMemory() {
    assertThatExceptionOfType(VideoException.class).isThrownBy(() -> reader("Y".repeat(1_000_000)).next());
  }

  @Test
  void whatComesInsteadOfAPictureIsRefused() {
    assertThatExceptionOfType(VideoException.class).isThrownBy(() -> reader(HEADER + "PICTURE\n").next());
  }

  private static Y4mReader reader(String stream) {
    return new Y4mReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.ISO_8859_1)));
  }
}
