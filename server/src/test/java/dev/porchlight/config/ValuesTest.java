package dev.porchlight.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ValuesTest {
  private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

  @ParameterizedTest
  @CsvSource({"0s,0", "0ms,0", "500ms,500", "30s,30000", "030s,30000", "5m,300000", "24h,86400000", "7d,604800000",
    "1m30s,90000", "1d2h3m4s5ms,93784005", "90s,90000", "1h1ms,3600001", "9223372036854775807ms,9223372036854775807",
    "00000000000000000000000000000000000001s,1000"})
  void readsADuration(String text, long milliseconds) throws WrongValueException {
    assertThat(Values.duration(text, Duration.ZERO, FOREVER)).isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "0", "s", "30 s", "30\u00a0s", "3 0s", "-5s", "+5s", "--5s", "1.5s", "1,5s", "30S",
    "30sec", "30M", "５s", "٣٠s", "30ѕ", "1_000s", "30s30m", "30s30s", "5ms1s", "PT30S", "1h 30m", "0x10s", "∞", "null",
    "30s;", "five minutes", "1w", "10us"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Values.duration(text, Duration.ZERO, FOREVER)).isInstanceOf(WrongValueException.class)
        .hasMessageStartingWith("must be a duration such as 500ms, 30s, 5m, 24h or 7d, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808ms", "9223372036854775807s", "106751991168d", "99999999999999999999999d",
    "9223372036854775807ms1ms", "9223372036854775s808ms"})
  void refusesADurationThatDoesNotFitRatherThanWrapRound(String text) {
    assertThatThrownBy(() -> Values.duration(text, Duration.ZERO, Duration.ofDays(1))).hasMessageContaining("must be ");
  }

  @ParameterizedTest
  @CsvSource({"999ms,false", "1s,true", "10m,true", "600001ms,false", "99999999999999999999d,false"})
  void holdsADurationToItsRange(String text, boolean within) {
    if (within) {
      assertThat(catchDuration(text)).isEqualTo("ok");
    } else {
      assertThat(catchDuration(text)).isEqualTo("must be between 1s and 10m, not \"" + text + "\"");
    }
  }

  @Test
  void readsEveryDurationThatItWrites() throws WrongValueException {
    var random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      var duration = Duration.ofMillis(random.nextLong() >>> (1 + random.nextInt(63)));
      assertThat(Values.duration(Values.format(duration), Duration.ZERO, FOREVER)).isEqualTo(duration);
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S,0ms", "PT0.5S,500ms", "PT30S,30s", "PT90S,90s", "PT5M,5m", "PT24H,1d", "PT25H,25h", "P7D,7d",
    "PT0.0005S,PT0.0005S", "PT-1S,PT-1S", "PT2562047788015215H30M7S,PT2562047788015215H30M7S"})
  void writesADurationInItsLargestUnit(Duration duration, String text) {
    assertThat(Values.format(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1000,1000", "512B,512", "64KiB,65536", "16MiB,16777216", "1GiB,1073741824", "1MiB1B,1048577",
    "9223372036854775807,9223372036854775807", "8589934591GiB,9223372035781033984"})
  void readsASize(String text, long bytes) throws WrongValueException {
    assertThat(Values.size(text, 0, Long.MAX_VALUE)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "64 KiB", "64KB", "64kb", "64k", "64kib", "64K", "1.5MiB", "-1", "-1KiB", "+1",
    "１MiB",
    "1TiB", "1B1", "1KiB1MiB", "0x10", "1e3", "1_000", "sixteen"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> Values.size(text, 0, Long.MAX_VALUE)).isInstanceOf(WrongValueException.class)
        .hasMessageStartingWith("must be a size such as 512B, 64KiB, 16MiB or 1GiB, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "8589934592GiB", "17179869184GiB", "99999999999999999999999999"})
  void refusesASizeThatDoesNotFitRatherThanWrapRound(String text) {
    assertThatThrownBy(() -> Values.size(text, 0, Long.MAX_VALUE))
        .hasMessage("must be at least 0B, not \"" + text + "\"");
    assertThatThrownBy(() -> Values.size(text, 1024, 1 << 20))
        .hasMessage("must be between 1KiB and 1MiB, not \"" + text + "\"");
  }

  @Test
  void readsEverySizeThatItWrites() throws WrongValueException {
    var random = new Random(43);
    for (int i = 0; i < 5_000; i++) {
      long size = random.nextLong() >>> (1 + random.nextInt(63));
      assertThat(Values.size(Values.formatSize(size), 0, Long.MAX_VALUE)).isEqualTo(size);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "8000,8000", "+5,5", "-5,-5", "007,7", "2147483647,2147483647", "-2147483648,-2147483648"})
  void readsAWholeNumber(String text, int value) throws WrongValueException {
    assertThat(Values.integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1.0", "1e3", "0x1F", "8_000", "8,000", "８０", "80 00", "many"})
  void refusesWhatIsNoWholeNumber(String text) {
    assertThatThrownBy(() -> Values.integer(text, 0, 65_535)).hasMessageStartingWith("must be a whole number, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "2147483648", "99999999999999999999"})
  void holdsAWholeNumberToItsRange(String text) {
    assertThatThrownBy(() -> Values.integer(text, 0, 65_535))
        .hasMessage("must be between 0 and 65535, not \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.5,0.5", "-0.25,-0.25", "1e-3,0.001", "1,1"})
  void readsANumber(String text, double value) throws WrongValueException {
    assertThat(Values.number(text, -1, 1)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".5", "5.", "NaN", "Infinity", ".inf", "0,5", "0x1p3", "1d", "1f", "half"})
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> Values.number(text, 0, 1)).hasMessageStartingWith("must be a number, not ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.01", "1e999", "-1e999"})
  void holdsANumberToItsRange(String text) {
    assertThatThrownBy(() -> Values.number(text, 0, 1)).hasMessage("must be between 0 and 1, not \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({"true,true", "TRUE,true", "False,false"})
  void readsAFlag(String text, boolean value) throws WrongValueException {
    assertThat(Values.flag(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "on", "1", "t", "trüe"})
  void refusesWhatIsNoFlag(String text) {
    assertThatThrownBy(() -> Values.flag(text)).hasMessageStartingWith("must be true or false, not ");
  }

  @Test
  void readsZonesAndPaths() throws WrongValueException {
    assertThat(Values.zone("Europe/Berlin")).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(Values.path("my cameras/haustür")).isEqualTo(Path.of("my cameras", "haustür"));
    assertThatThrownBy(() -> Values.zone("Europe/Atlantis"))
        .hasMessage("must be a time zone such as Europe/Berlin, not \"Europe/Atlantis\"");
    assertThatThrownBy(() -> Values.path("a\0b")).hasMessage("must be a path, not \"a\\u0000b\"");
    assertThatThrownBy(() -> Values.path("")).hasMessage("must not be empty: leave it out instead");
  }

  @Test
  void keepsAMessageOnOneLineAndShort() {
    assertThatThrownBy(() -> Values.integer("a\nb\u2028c\u001b[31m" + "x".repeat(500), 0, 1))
        .hasMessage("must be a whole number, not \"a\\u000Ab\\u2028c\\u001B[31m" + "x".repeat(70) + "…\"");
  }

  private static String catchDuration(String text) {
    try {
      Values.duration(text, Duration.ofSeconds(1), Duration.ofMinutes(10));
      return "ok";
    } catch (WrongValueException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
