package dev.porchlight.app;

/** Which Porchlight this is. */
final class Version {
  private Version() {}

  /** The version in the jar; {@code development} where there is no jar. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
