package dev.porchlight.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The settings, read by the features' configuration records. Each read declares a key with its type, default and range;
 * a wrong value is noted and answered with the default, so that all mistakes are found in one go.
 */
public interface Settings {
  /** A duration such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 24h} between {@code min} and {@code max}. */
  Duration duration(String key, Duration fallback, Duration min, Duration max);

  /** A size in bytes such as {@code 64KiB}, {@code 16MiB} between {@code min} and {@code max}. */
  long size(String key, long fallback, long min, long max);

  /** A whole number between {@code min} and {@code max}. */
  int integer(String key, int fallback, int min, int max);

  /** A number between {@code min} and {@code max}. */
  double number(String key, double fallback, double min, double max);

  /** {@code true} or {@code false}. */
  boolean flag(String key, boolean fallback);

  /** A text, or null when it is not set and has no default. */
  @Nullable
  String text(String key, @Nullable String fallback);

  /** A password, token or the like: shown to nobody. Null when it is not set. */
  @Nullable
  String secret(String key);

  /** A path; a relative one is relative to the working directory. Null when it is not set and has no default. */
  @Nullable
  Path path(String key, @Nullable Path fallback);

  /** A time zone such as {@code Europe/Berlin}. */
  ZoneId zone(String key, ZoneId fallback);

  /** True when somebody has set {@code key}: a default is nobody's word. */
  boolean isSet(String key);

  /** Notes a mistake that concerns more than one key, in one line. */
  void mistake(String line);
}
