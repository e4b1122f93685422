package dev.porchlight.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How each type of setting is written. */
final class Values {
  private static final Amounts MILLISECONDS = new Amounts(
      List.of(new Amounts.Unit("d", 86_400_000), new Amounts.Unit("h", 3_600_000), new Amounts.Unit("m", 60_000),
          new Amounts.Unit("s", 1_000), new Amounts.Unit("ms", 1)));
  private static final Amounts BYTES = new Amounts(List.of(new Amounts.Unit("GiB", 1L << 30),
      new Amounts.Unit("MiB", 1L << 20), new Amounts.Unit("KiB", 1L << 10), new Amounts.Unit("B", 1)));

  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,100}");
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");
  private static final Pattern PLAIN_BYTES = Pattern.compile("[0-9]+");

  private Values() {}

  static Duration duration(String text, Duration min, Duration max) throws WrongValueException {
    Amounts.Parsed parsed = MILLISECONDS.parse(text);
    if (parsed == null) {
      throw WrongValueException.mustBe("a duration such as 500ms, 30s, 5m, 24h or 7d", text);
    }
    Duration value = Duration.ofMillis(parsed.amount());
    if (parsed.tooLarge() || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw WrongValueException.mustBe("between " + format(min) + " and " + format(max), text);
    }
    return value;
  }

  static String format(Duration duration) {
    // What cannot be written in a file is still shown truthfully.
    return duration.isNegative() || !duration.equals(duration.truncatedTo(ChronoUnit.MILLIS))
        || duration.compareTo(LONGEST) > 0
            ? duration.toString()
            : MILLISECONDS.format(duration.toMillis());
  }

  static long size(String text, long min, long max) throws WrongValueException {
    Amounts.Parsed parsed = BYTES.parse(PLAIN_BYTES.matcher(text).matches() ? text + "B" : text);
    if (parsed == null) {
      throw WrongValueException.mustBe("a size such as 512B, 64KiB, 16MiB or 1GiB", text);
    }
    if (parsed.tooLarge() || parsed.amount() < min || parsed.amount() > max) {
      throw WrongValueException
          .mustBe(range(formatSize(min), max == Long.MAX_VALUE ? "" : formatSize(max)), text);
    }
    return parsed.amount();
  }

  static String formatSize(long bytes) {
    return BYTES.format(bytes);
  }

  static int integer(String text, int min, int max) throws WrongValueException {
    if (!WHOLE.matcher(text).matches()) {
      throw WrongValueException.mustBe("a whole number", text);
    }
    var value = new BigInteger(text);
    if (value.compareTo(BigInteger.valueOf(min)) < 0 || value.compareTo(BigInteger.valueOf(max)) > 0) {
      throw WrongValueException
          .mustBe(range(String.valueOf(min), max == Integer.MAX_VALUE ? "" : String.valueOf(max)), text);
    }
    return value.intValueExact();
  }

  static double number(String text, double min, double max) throws WrongValueException {
    if (!NUMBER.matcher(text).matches()) {
      throw WrongValueException.mustBe("a number", text);
    }
    double value = Double.parseDouble(text);
    if (!(value >= min && value <= max)) {
      throw WrongValueException.mustBe(range(format(min), max == Double.MAX_VALUE ? "" : format(max)), text);
    }
    return value;
  }

  static String format(double number) {
    return Double.isFinite(number) && Math.abs(number) < 1e15
        ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
        : Double.toString(number);
  }

  static Boolean flag(String text) throws WrongValueException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw WrongValueException.mustBe("true or false", text);
    };
  }

  static String text(String text) throws WrongValueException {
    if (text.isEmpty()) {
      throw new WrongValueException("must not be empty: leave it out instead");
    }
    return text;
  }

  static Path path(String text) throws WrongValueException {
    try {
      return Path.of(text(text));
    } catch (InvalidPathException e) {
      throw WrongValueException.mustBe("a path", text);
    }
  }

  static ZoneId zone(String text) throws WrongValueException {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw WrongValueException.mustBe("a time zone such as Europe/Berlin", text);
    }
  }

  private static String range(String min, String max) {
    return max.isEmpty() ? "at least " + min : "between " + min + " and " + max;
  }
}
