package dev.porchlight.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command line of options: {@code --name VALUE}, {@code --name=VALUE}, or {@code --name} for those that are claims. */
final class Arguments {
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * Takes a command line apart.
   *
   * @param valued options that have a value
   * @param claims options that have none
   * @throws UsageException when there is anything else, or a value is missing
   */
  Arguments(List<String> arguments, Set<String> valued, Set<String> claims) {
    var rest = new ArrayList<>(arguments);
    while (!rest.isEmpty()) {
      String[] parts = rest.removeFirst().split("=", 2);
      String name = parts[0];
      if (claims.contains(name) && parts.length == 1) {
        add(name, "");
      } else if (!valued.contains(name)) {
        throw new UsageException("unknown argument " + String.join("=", parts));
      } else if (parts.length == 2) {
        add(name, parts[1]);
      } else if (rest.isEmpty()) {
        throw new UsageException(name + " needs a value");
      } else {
        add(name, rest.removeFirst());
      }
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Every value given for an option, in order. */
  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** The last value given for an option; null when there is none. */
  @Nullable
  String last(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.getLast();
  }

  int number(String name, int standard, int least, int most) {
    String text = last(name);
    if (text == null) {
      return standard;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told with the range below.
    }
    throw new UsageException(name + " must be a number from " + least + " to " + most + ", not " + text);
  }

  private void add(String name, String value) {
    values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
  }
}
