package dev.porchlight.config;

/**
 * A setting given on the command line.
 *
 * @param name the option as it was typed, such as {@code --port}: mistakes are reported by it
 * @param key the setting it stands for, such as {@code http.port}
 */
public record CommandLineOption(String name, String key, String value) {}
