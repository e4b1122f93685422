package dev.porchlight;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * What this machine may lack, and tests then skip. The environment variable {@code PORCHLIGHT_REQUIRE} names, with commas between them,
 * what it is known to have: a test that does not find it fails.
 */
public final class TestRequirements {
  private TestRequirements() {}

  /**
   * Goes on where something is there.
   *
   * @param name    as in {@code PORCHLIGHT_REQUIRE}: {@code io_uring}
   * @param isThere whether it is
   * @param why     why it may not be
   */
  public static void require(String name, boolean isThere, String why) {
    if (!isThere && isRequired(name, System.getenv("PORCHLIGHT_REQUIRE"))) {
      throw new AssertionError("PORCHLIGHT_REQUIRE names " + name + ", and it is not there: " + why);
    }
    Assumptions.assumeTrue(isThere, "Skipped: no " + name + ": " + why);
  }

  static boolean isRequired(String name, @Nullable String required) {
    return required != null && List.of(required.split(",", -1)).contains(name);
  }
}
