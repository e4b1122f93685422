package dev.porchlight.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting as the server uses it.
 *
 * @param value its text, {@code ***} for a secret, null when it is not set
 * @param place where it was written, such as {@code porchlight.yaml:3}; {@code default} when it was not
 */
public record SettingInForce(String key, @Nullable String value, Source source, String place) {
  /** This setting with its value hidden, if it has one. */
  SettingInForce masked() {
    return new SettingInForce(key, value == null ? null : "***", source, place);
  }

  /** One line of YAML, which a configuration file may be made of: {@code batch.idle: 30s  # default}. */
  public String line() {
    String note = switch (source) {
      case DEFAULT -> value == null ? "(not set)" : "default";
      case FILE -> place;
      case ENVIRONMENT -> "environment: " + place;
      case COMMAND_LINE -> "command line: " + place;
    };
    return key + ":" + (value == null ? "" : " " + Quoting.yaml(value)) + "  # " + Quoting.plain(note);
  }
}
