package dev.porchlight;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The longest wait of a test for something that must happen: only a hang takes longer, on a busy machine too. As an extension
 * of JUnit, registered in {@code META-INF/services}, it makes this the default of every {@code await()}.
 */
public final class Waits implements BeforeAllCallback {
  /** Longer than any step of a server takes beside a load on all processors, shorter than the timeout of a test method. */
  public static final Duration LIMIT = Duration.ofMinutes(3);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(LIMIT);
  }
}
