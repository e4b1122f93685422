package dev.porchlight.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Puts together what an operator may have written in the three places. */
final class Sources {
  static final String NAME = "porchlight.yaml";

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<CommandLineOption> options = new ArrayList<>();

  Sources(Path folder) {
    this.folder = folder;
  }

  Sources file(String yaml) {
    return file(yaml.getBytes(UTF_8));
  }

  Sources file(byte[] yaml) {
    try {
      Files.write(folder.resolve(NAME), yaml);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Sources variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Sources option(String name, String key, String value) {
    options.add(new CommandLineOption(name, key, value));
    return this;
  }

  LoadedSettings load() {
    return LoadedSettings.load(null, folder, environment, options);
  }

  LoadedSettings loadWith(Path file) {
    return LoadedSettings.load(file, folder, environment, options);
  }

  /** The place of a line of the file, as mistakes name it. */
  String line(int line) {
    return folder.resolve(NAME) + ":" + line;
  }

  /** The mistakes that the check tells, the folder left out. */
  static List<String> mistakesOf(LoadedSettings settings, Path folder) {
    try {
      settings.check();
      return List.of();
    } catch (ConfigException e) {
      return e.mistakes().stream().map(line -> line.replace(folder + "/", "")).toList();
    }
  }
}
