package dev.porchlight.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was written, layer over layer: file, environment, command line. A key exists because somebody asks for it, so
 * that what nobody has asked for in the end is a slip of the pen.
 */
final class Layers {
  private final Map<String, Entry> file;
  private final Variables variables;
  private final Map<String, Entry> options = new HashMap<>();
  private final Set<String> known = new TreeSet<>();

  Layers(Map<String, Entry> file, Variables variables, List<CommandLineOption> options) {
    this.file = file;
    this.variables = variables;
    for (CommandLineOption option : options) {
      this.options.put(option.key(),
          new Entry(option.key(), option.value().strip(), Source.COMMAND_LINE, option.name()));
    }
  }

  /** What is to be taken for {@code key}, or null when nobody has set it. */
  @Nullable
  Entry find(String key) {
    known.add(key);
    Entry option = options.get(key);
    if (option != null) {
      return option;
    }
    Entry variable = variables.find(key);
    return variable != null ? variable : written(key);
  }

  /** One line for each name in the file and in the environment that nobody has asked for. */
  List<String> unknown() {
    var lines = new ArrayList<String>();
    for (Entry entry : file.values()) {
      if (!known.contains(entry.key()) && !isEmptyGroup(entry)) {
        lines.add(entry.place() + ": unknown key " + Quoting.plain(entry.key()) + hint(entry.key()));
      }
    }
    var expected = known.stream().map(Variables::nameOf).toList();
    for (String name : variables.names()) {
      if (!expected.contains(name)) {
        lines.add(Quoting.plain(name) + ": unknown variable" + didYouMean(variableLike(name)));
      }
    }
    return lines;
  }

  private @Nullable Entry written(String key) {
    Entry entry = file.get(key);
    return entry == null || entry.value() == null ? null : entry;
  }

  /** A group of which every line is commented out is an ordinary sight. */
  private boolean isEmptyGroup(Entry entry) {
    return entry.value() == null && !inGroup(entry.key()).isEmpty();
  }

  private String hint(String key) {
    List<String> group = inGroup(key);
    return group.isEmpty()
        ? didYouMean(Spelling.nearest(key, known))
        : " (it is a group of " + String.join(", ", group) + ")";
  }

  /** Found by the key, because the prefix that all variables share makes any two of them look alike. */
  private @Nullable String variableLike(String name) {
    String key = Spelling.nearest(Variables.withoutPrefix(name), known);
    return key == null ? null : Variables.nameOf(key);
  }

  private List<String> inGroup(String group) {
    return known.stream().filter(key -> key.startsWith(group + ".")).toList();
  }

  private static String didYouMean(@Nullable String nearest) {
    return nearest == null ? "" : " (did you mean " + nearest + "?)";
  }
}
