package dev.porchlight.model;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The expected bytes are the examples of the Protocol Buffers documentation, or follow from them. */
class ProtoWriterTest {
  @Test
  void writesIntegersSevenBitsAByte() {
    assertThat(hex(new ProtoWriter().integer(1, 150))).isEqualTo("089601");
    assertThat(hex(new ProtoWriter().integer(1, 0))).isEqualTo("0800");
    assertThat(hex(new ProtoWriter().integer(1, 127))).isEqualTo("087f");
    assertThat(hex(new ProtoWriter().integer(1, 128))).isEqualTo("088001");
  }

  @Test
  void writesNegativeIntegersInTenBytes() {
    assertThat(hex(new ProtoWriter().integer(1, -2))).isEqualTo("08feffffffffffffffff01");
  }

  @Test
  void writesFieldNumbersAboveFifteenInTwoBytes() {
    assertThat(hex(new ProtoWriter().integer(20, 2))).isEqualTo("a00102");
  }

  @Test
  void writesTextWithItsLengthInBytes() {
    assertThat(hex(new ProtoWriter().text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new ProtoWriter().text(2, "é"))).isEqualTo("1202c3a9");
  }

  @Test
  void writesFloatsLittleEndian() {
    assertThat(hex(new ProtoWriter().number(2, 1f))).isEqualTo("150000803f");
  }

  @Test
  void writesAMessageInsideAMessage() {
    assertThat(hex(new ProtoWriter().message(3, new ProtoWriter().integer(1, 150)))).isEqualTo("1a03089601");
  }

  private static String hex(ProtoWriter writer) {
    return HexFormat.of().formatHex(writer.toByteArray());
  }
}
