package dev.porchlight.config;

import java.util.List;

/** The configuration has mistakes: all of them, one line each. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> mistakes;

  public ConfigException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** The mistakes, one line each. */
  public List<String> mistakes() {
    return mistakes;
  }
}
