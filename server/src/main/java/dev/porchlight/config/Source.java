package dev.porchlight.config;

/** The layers a value may come from; a later one wins over an earlier one. */
public enum Source {
  DEFAULT, FILE, ENVIRONMENT, COMMAND_LINE
}
