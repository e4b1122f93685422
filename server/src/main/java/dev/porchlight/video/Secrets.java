package dev.porchlight.video;

import dev.porchlight.domain.CameraSource;
import java.util.regex.Pattern;

/**
 * Takes what nobody may read out of what ffmpeg says: the address it was given, which it repeats, logins in any other
 * address that it was led to, and the parameters of both. Immutable.
 */
record Secrets(String secret, String display) {
  /** For what is no secret at all: a file. */
  static final Secrets NONE = new Secrets("", "");

  private static final Pattern LOGIN = Pattern.compile("://[^/\\s@']*@");
  private static final Pattern PARAMETERS = Pattern.compile("(://[^\\s?']*)\\?[^\\s']*");

  static Secrets of(CameraSource source) {
    return new Secrets(source.secret(), source.display());
  }

  String removedFrom(String line) {
    String known = secret.isEmpty() ? line : line.replace(secret, display);
    String withoutLogin = LOGIN.matcher(known).replaceAll("://***@");
    return PARAMETERS.matcher(withoutLogin).replaceAll("$1");
  }

  @Override
  public String toString() {
    return display;
  }
}
