package dev.porchlight.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({"bytes=0-0, 0, 1", "bytes=0-, 0, 1000", "bytes=10-19, 10, 10", "bytes=990-5000, 990, 10",
    "bytes=-1, 999, 1", "bytes=-5000, 0, 1000", "BYTES=1-2, 1, 2", "bytes = 5 - 6 , 5, 2",
    "bytes=999-99999999999999999999999999, 999, 1"})
  void aPartIsCutToWhatIsThere(String header, long first, long length) {
    assertThat(ByteRange.of(header, 1000)).isEqualTo(new ByteRange.Part(first, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999999999999-"})
  void whatIsBehindTheEndCannotBeHad(String header) {
    assertThat(ByteRange.of(header, 1000)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1",
    "bytes=0-1-2", "bytes=--1", "bytes=+1-2"})
  void allIsSentForWhatIsMalformedOrSeveralParts(String header) {
    assertThat(ByteRange.of(header, 1000)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void nothingOfAnEmptyFileCanBeHad() {
    assertThat(ByteRange.of("bytes=0-", 0)).isEqualTo(new ByteRange.Unsatisfiable());
    assertThat(ByteRange.of("bytes=-5", 0)).isEqualTo(new ByteRange.Unsatisfiable());
    assertThat(ByteRange.of(null, 0)).isEqualTo(new ByteRange.Whole());
  }
}
