package dev.porchlight.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of this start: defaults, below the configuration file, below the environment, below the command line.
 * Each feature reads its own; then {@link #check()} tells every mistake at once. <em>Confined to</em> the thread that
 * starts the server.
 */
public final class LoadedSettings implements Settings {
  /** The key of the data folder, in which the configuration file is looked for when none is named. */
  public static final String DATA_FOLDER = "data.folder";

  /** The name of the configuration file in the data folder. */
  public static final String FILE_NAME = "porchlight.yaml";

  private final Layers layers;
  private final Set<String> mistakes;
  private final Map<String, SettingInForce> inForce = new TreeMap<>();

  private LoadedSettings(Layers layers, List<String> mistakes) {
    this.layers = layers;
    this.mistakes = new LinkedHashSet<>(mistakes);
  }

  /**
   * Reads the layers; what is wrong with them is told by {@link #check()}.
   *
   * @param file the configuration file, which must exist; null for {@code porchlight.yaml} in the data folder, which
   * need not
   * @param dataFolder where the data folder is when nobody says otherwise
   */
  public static LoadedSettings load(@Nullable Path file, Path dataFolder, Map<String, String> environment,
      List<CommandLineOption> options) {
    var variables = new Variables(environment);
    if (file != null) {
      var yaml = YamlFile.read(file);
      return new LoadedSettings(new Layers(yaml.entries(), variables, options), yaml.mistakes());
    }
    var found = new Layers(Map.of(), variables, options).find(DATA_FOLDER);
    var yaml = defaultFile(found, dataFolder);
    var settings = new LoadedSettings(new Layers(yaml.entries(), variables, options), yaml.mistakes());
    var moved = yaml.entries().get(DATA_FOLDER);
    if (moved != null) {
      settings.mistake(moved.place() + ": " + DATA_FOLDER + " cannot be set by the file in that folder");
    }
    return settings;
  }

  private static YamlFile defaultFile(@Nullable Entry dataFolder, Path fallback) {
    try {
      Path folder = dataFolder == null || dataFolder.value() == null ? fallback : Path.of(dataFolder.value());
      Path file = folder.resolve(FILE_NAME);
      return Files.exists(file) ? YamlFile.read(file) : YamlFile.none();
    } catch (InvalidPathException e) {
      // Reported when the key is read, with where it came from.
      return YamlFile.none();
    }
  }

  @Override
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    var value = read(key, Values.format(fallback), text -> Values.duration(text, min, max));
    return value == null ? fallback : value;
  }

  @Override
  public long size(String key, long fallback, long min, long max) {
    var value = read(key, Values.formatSize(fallback), text -> Values.size(text, min, max));
    return value == null ? fallback : value;
  }

  @Override
  public int integer(String key, int fallback, int min, int max) {
    var value = read(key, String.valueOf(fallback), text -> Values.integer(text, min, max));
    return value == null ? fallback : value;
  }

  @Override
  public double number(String key, double fallback, double min, double max) {
    var value = read(key, Values.format(fallback), text -> Values.number(text, min, max));
    return value == null ? fallback : value;
  }

  @Override
  public boolean flag(String key, boolean fallback) {
    var value = read(key, String.valueOf(fallback), Values::flag);
    return value == null ? fallback : value;
  }

  @Override
  public @Nullable String text(String key, @Nullable String fallback) {
    var value = read(key, fallback, Values::text);
    return value == null ? fallback : value;
  }

  @Override
  public @Nullable String secret(String key) {
    var value = read(key, null, Values::text);
    inForce.computeIfPresent(key, (k, setting) -> setting.masked());
    return value;
  }

  @Override
  public @Nullable Path path(String key, @Nullable Path fallback) {
    var value = read(key, fallback == null ? null : fallback.toString(), Values::path);
    return value == null ? fallback : value;
  }

  @Override
  public ZoneId zone(String key, ZoneId fallback) {
    var value = read(key, fallback.getId(), Values::zone);
    return value == null ? fallback : value;
  }

  @Override
  public boolean isSet(String key) {
    Entry entry = layers.find(key);
    return entry != null && entry.value() != null;
  }

  @Override
  public void mistake(String line) {
    mistakes.add(line);
  }

  /**
   * Ends the reading: to be called when every feature has read its settings.
   *
   * @throws ConfigException with all mistakes, among them each name in the file or environment that nobody has read
   */
  public void check() {
    var all = new ArrayList<>(mistakes);
    all.addAll(layers.unknown());
    if (!all.isEmpty()) {
      throw new ConfigException(all);
    }
  }

  /** The settings read so far, sorted by key. */
  public List<SettingInForce> inForce() {
    return List.copyOf(inForce.values());
  }

  /** The settings read so far as a configuration file that says the same, but for the secrets. */
  public String describe() {
    return inForce.values().stream().map(setting -> setting.line() + "\n").collect(Collectors.joining());
  }

  /** What is set for {@code key}; null when nothing is, or nothing that can be used. */
  private <T> @Nullable T read(String key, @Nullable String fallback, Reading<T> reading) {
    Entry entry = layers.find(key);
    inForce.put(key, new SettingInForce(key, fallback, Source.DEFAULT, "default"));
    if (entry == null || entry.value() == null) {
      return null;
    }
    try {
      T value = reading.of(entry.value());
      inForce.put(key, new SettingInForce(key, entry.value(), entry.source(), entry.place()));
      return value;
    } catch (WrongValueException e) {
      mistakes.add(entry.place() + ": " + key + " " + e.getMessage());
      return null;
    }
  }

  /** One type's way to read a text. */
  private interface Reading<T> {
    T of(String text) throws WrongValueException;
  }
}
