package dev.porchlight.config;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A way to write amounts: digits and a unit, such as {@code 30s}, or several of them from the largest unit down, such as
 * {@code 1m30s}. Sums are exact: an amount that does not fit in 63 bits is too large, never another amount.
 */
final class Amounts {
  /** A unit of so many of the smallest one. */
  record Unit(String name, long worth) {}

  /** What came out of a text: an amount, or that it is too large for one. */
  record Parsed(long amount, boolean tooLarge) {}

  private static final Pattern PART = Pattern.compile("([0-9]+)([A-Za-z]*)");
  private static final int DIGITS_OF_A_LONG = 19;

  private final List<Unit> units;

  /** @param units from the largest to the smallest; the name of one may be empty */
  Amounts(List<Unit> units) {
    this.units = List.copyOf(units);
  }

  /** The amount that {@code text} says, or null when it says none. */
  @Nullable
  Parsed parse(String text) {
    var parts = PART.matcher(text).results().toList();
    long sum = 0;
    boolean tooLarge = false;
    int end = 0;
    int next = 0;
    for (MatchResult part : parts) {
      int unit = indexOf(part.group(2));
      if (part.start() != end || unit < next) {
        return null;
      }
      end = part.end();
      next = unit + 1;
      try {
        sum = Math.addExact(sum, Math.multiplyExact(digits(part.group(1)), units.get(unit).worth()));
      } catch (ArithmeticException e) {
        tooLarge = true;
      }
    }
    return parts.isEmpty() || end != text.length() ? null : new Parsed(sum, tooLarge);
  }

  /** The shortest way to write {@code amount} with one unit. */
  String format(long amount) {
    for (Unit unit : units) {
      if (amount != 0 && amount % unit.worth() == 0) {
        return amount / unit.worth() + unit.name();
      }
    }
    return amount + units.getLast().name();
  }

  private static long digits(String digits) {
    String significant = digits.replaceFirst("^0+(?=.)", "");
    if (significant.length() > DIGITS_OF_A_LONG) {
      throw new ArithmeticException("more than 63 bits");
    }
    return significant.length() < DIGITS_OF_A_LONG
        ? Long.parseLong(significant)
        : new BigInteger(significant).longValueExact();
  }

  private int indexOf(String name) {
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
