package dev.porchlight.risk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts that the language model is given, with places for what is known: those that come with the server, or files of
 * the same name in the folder {@code analyst} of the data folder. Immutable.
 *
 * @param system    who the model is, and the rules
 * @param situation what is to be judged
 */
record Prompts(String system, String situation) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([a-z_]*)\\s*}}");
  private static final int MOST_BYTES = 64 * 1024;

  /**
   * Reads the texts.
   *
   * @param folder where the owner's own may be
   * @throws UncheckedIOException when one cannot be read, or has a place that nothing is known for; its message says so in
   *                              one line
   */
  static Prompts read(Path folder) {
    return new Prompts(text(folder, "system.md"), text(folder, "situation.md"));
  }

  /** A text with what is known in its places. */
  static String filled(String template, Map<String, String> values) {
    return PLACE.matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
  }

  private static String text(Path folder, String name) {
    Path own = folder.resolve(name);
    try {
      if (!Files.exists(own)) {
        return built(name);
      }
      if (Files.size(own) > MOST_BYTES) {
        throw new IOException("it has more than " + MOST_BYTES + " bytes");
      }
      return checked(own.toString(), Files.readString(own));
    } catch (IOException e) {
      throw new UncheckedIOException(own + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static String checked(String name, String text) {
    Matcher places = PLACE.matcher(text);
    Set<String> known = SituationText.PLACES;
    while (places.find()) {
      if (!known.contains(places.group(1))) {
        var cause = new IOException("nothing is known for {{" + places.group(1) + "}}");
        throw new UncheckedIOException(name + ": " + cause.getMessage() + "; places are "
            + String.join(", ", known.stream().sorted().toList()), cause);
      }
    }
    return text;
  }

  private static String built(String name) throws IOException {
    try (InputStream in = Prompts.class.getResourceAsStream("/analyst/" + name)) {
      if (in == null) {
        throw new IOException("it does not come with this build");
      }
      return checked(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
