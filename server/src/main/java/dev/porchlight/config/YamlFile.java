package dev.porchlight.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * What a configuration file says, as flat keys. It is read token by token and not as a tree, because a tree has
 * forgotten on which line a value stood and that a key stood there twice.
 */
final class YamlFile {
  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final List<String> mistakes = new ArrayList<>();

  private YamlFile(String name) {
    this.name = name;
  }

  /** Reads {@code file}; whatever is wrong with it ends up in {@link #mistakes()}. */
  static YamlFile read(Path file) {
    var result = new YamlFile(Quoting.plain(file.toString()));
    try {
      result.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      result.mistakes.add(result.name + ": there is no such file");
    } catch (CharacterCodingException e) {
      result.mistakes.add(result.name + ": is not text in UTF-8");
    } catch (IOException e) {
      result.mistakes.add(result.name + ": cannot be read: " + reason(e, file));
    }
    return result;
  }

  /** What a file that does not exist says. */
  static YamlFile none() {
    return new YamlFile("");
  }

  Map<String, Entry> entries() {
    return entries;
  }

  List<String> mistakes() {
    return mistakes;
  }

  private void parse(String text) {
    // Windows editors begin a file with a mark that is none of its first key.
    String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (var parser = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), yaml)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        readMapping(parser, "");
      } else if (first != null && first != JsonToken.VALUE_NULL) {
        mistakes.add(place(parser) + ": must hold lines of the form key: value");
        return;
      }
      if (parser.nextToken() != null) {
        mistakes.add(place(parser) + ": only one document may be in the file");
      }
    } catch (JacksonException e) {
      // Of a file that breaks off nothing counts: what was read so far may be half of something.
      entries.clear();
      mistakes.clear();
      mistakes.add(name + problem(e));
    }
  }

  private void readMapping(YAMLParser parser, String prefix) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + parser.currentName();
      String place = place(parser);
      JsonToken value = parser.nextToken();
      if (parser.isCurrentAlias()) {
        mistakes.add(place + ": " + Quoting.plain(key) + " must be written out: aliases are not followed");
        continue;
      }
      switch (value) {
        case START_OBJECT -> readMapping(parser, key + ".");
        case START_ARRAY -> {
          parser.skipChildren();
          mistakes.add(place + ": " + Quoting.plain(key) + " must be one value, not a list");
          // Known to be written, so that its name is checked too.
          entries.putIfAbsent(key, new Entry(key, null, Source.FILE, place));
        }
        case VALUE_NULL -> put(key, null, place);
        default -> put(key, parser.getString().strip(), place);
      }
    }
  }

  private void put(String key, @Nullable String value, String place) {
    Entry first = entries.putIfAbsent(key, new Entry(key, value, Source.FILE, place));
    if (first != null) {
      mistakes.add(place + ": " + Quoting.plain(key) + " is set twice, first at " + first.place());
    }
  }

  private String place(YAMLParser parser) {
    return name + ":" + parser.currentTokenLocation().getLineNr();
  }

  /** Line, column and cause; Jackson's own account runs over several lines and may point before the problem. */
  private static String problem(JacksonException e) {
    if (e.getCause() instanceof MarkedYamlEngineException cause && cause.getProblemMark().isPresent()) {
      Mark mark = cause.getProblemMark().get();
      return ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ": is not YAML: "
          + firstLine(cause.getProblem());
    }
    var at = e.getLocation();
    String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
    return place + ": is not YAML: " + firstLine(e.getOriginalMessage());
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "it cannot be parsed" : Quoting.plain(message.lines().findFirst().orElse("").strip());
  }

  private static String reason(IOException e, Path file) {
    if (Files.isDirectory(file)) {
      return "it is a folder";
    }
    return Files.isReadable(file) ? Quoting.plain(e.toString()) : "permission denied";
  }
}
