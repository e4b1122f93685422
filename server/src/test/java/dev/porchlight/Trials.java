package dev.porchlight;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Runs a property many times, each with a random source of its own. The seeds are the same in every build, so that a test fails
 * by its code and not by chance; a failure names its seed, and {@code -Dporchlight.seed=N} begins with another.
 */
public final class Trials {
  private static final long FIRST = Long.getLong("porchlight.seed", 1);

  private Trials() {}

  /** Runs a property with this many seeds. */
  public static void run(int tries, Property property) {
    for (long seed = FIRST; seed < FIRST + tries; seed++) {
      try {
        property.holds(new SplittableRandom(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("failed with -Dporchlight.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** What holds whatever the random source says. */
  public interface Property {
    /** Throws when it does not hold. */
    void holds(RandomGenerator random) throws Exception;
  }
}
