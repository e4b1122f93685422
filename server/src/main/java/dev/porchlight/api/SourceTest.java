package dev.porchlight.api;

import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.SourceCheck;

/** Tries a camera's source, for as long as that takes. */
@FunctionalInterface
public interface SourceTest {
  /** Says what the source shows, or why it shows nothing; bounded in time, and blocks. */
  SourceCheck test(CameraSource source) throws InterruptedException;
}
