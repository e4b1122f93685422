package dev.porchlight.domain;

import java.util.regex.Pattern;

/** What a camera may be called: it is a folder name, a path segment of URLs and a field on the wire. */
public final class CameraId {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private CameraId() {}

  /** True when {@code id} is 1 to 64 letters, digits, {@code _} or {@code -} of ASCII. */
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }

  /** Returns {@code id}, or throws {@link IllegalArgumentException} when it is not {@linkplain #isValid valid}. */
  public static String requireValid(String id) {
    if (!isValid(id)) {
      throw new IllegalArgumentException("a camera id is 1 to 64 of A-Z a-z 0-9 _ -, got: " + id);
    }
    return id;
  }
}
