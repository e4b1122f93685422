package dev.porchlight.app;

import dev.porchlight.config.CommandLineOption;
import dev.porchlight.config.LoadedSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code run} and {@code config}; null is what nobody gave. */
record RunOptions(@Nullable String host, @Nullable Integer port, @Nullable Path data, @Nullable Path config) {
  /** The options that are settings: all but {@code --config}, which says where to find settings. */
  List<CommandLineOption> settings() {
    var settings = new ArrayList<CommandLineOption>();
    add(settings, "--host", "http.host", host);
    add(settings, "--port", "http.port", port);
    add(settings, "--data", LoadedSettings.DATA_FOLDER, data);
    return List.copyOf(settings);
  }

  private static void add(List<CommandLineOption> settings, String option, String key, @Nullable Object value) {
    if (value != null) {
      settings.add(new CommandLineOption(option, key, value.toString()));
    }
  }
}
