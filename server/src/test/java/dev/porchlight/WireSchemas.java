package dev.porchlight;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The schemas of {@code docs/asyncapi.yaml}: says what of a message is not as the document promises. Thread-safe.
 *
 * <p>A message of a WebSocket is the text of its frame, one of SSE the lines of its event.
 */
public final class WireSchemas {
  /** Confidences are compared in decimals: in binary fractions hardly any is a multiple of 0.0001. */
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private final JsonNode document;
  private final Map<Operation, Map<String, List<Schema>>> schemas = new HashMap<>();
  private final List<Example> examples = new ArrayList<>();

  private WireSchemas(JsonNode document) {
    this.document = document;
    SchemaRegistry registry = registry();
    for (var operation : document.get("operations").properties()) {
      String path = resolved(operation.getValue().get("channel")).get("address").stringValue();
      Dialect dialect = Dialect.ofOperation(operation.getKey());
      var ofType = schemas.computeIfAbsent(new Operation(path, dialect), _ -> new HashMap<>());
      for (JsonNode reference : operation.getValue().get("messages")) {
        JsonNode message = resolved(reference);
        String type = message.get("name").stringValue();
        ofType.computeIfAbsent(type, _ -> new ArrayList<>()).add(registry.getSchema(schema(message, dialect)));
        message.get("examples").forEach(it -> examples.add(new Example(path, dialect, type, text(it, dialect))));
      }
    }
  }

  /** Reads the document. */
  public static WireSchemas load() {
    Path file = Path.of(System.getProperty("porchlight.root"), "docs", "asyncapi.yaml");
    return new WireSchemas(YAMLMapper.builder().build().readTree(file.toFile()));
  }

  /** Throws an {@link AssertionError} with the message and all that is wrong with it, if anything is. */
  public void check(String path, Dialect dialect, String message) {
    List<String> violations = violations(path, dialect, message);
    if (!violations.isEmpty()) {
      throw new AssertionError("not what docs/asyncapi.yaml promises of %s (%s): %s%n%s".formatted(path, dialect,
          String.join("; ", violations), message));
    }
  }

  /** What is wrong with a message; empty when nothing is. */
  public List<String> violations(String path, Dialect dialect, String message) {
    JsonNode json;
    try {
      json = dialect == Dialect.SSE ? event(message) : JSON.readTree(message);
    } catch (JacksonException e) {
      return List.of("not JSON: " + e.getOriginalMessage());
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(json.toString())) {
      return List.of("text that has no UTF-8");
    }
    String type = json.at(dialect == Dialect.SSE ? "/headers/event" : "/type").asString("");
    List<Schema> forms = schemas.getOrDefault(new Operation(path, dialect), Map.of()).getOrDefault(type, List.of());
    var violations = new ArrayList<String>();
    for (Schema form : forms) {
      List<Error> errors = form.validate(json);
      if (errors.isEmpty()) {
        return List.of();
      }
      errors.forEach(error -> violations.add(error.toString()));
    }
    return forms.isEmpty() ? List.of("there is no message of type '" + type + "'") : violations;
  }

  /** All examples of the document. */
  public List<Example> examples() {
    return List.copyOf(examples);
  }

  /** A reference of the document followed to its end. */
  private JsonNode resolved(JsonNode node) {
    JsonNode target = node;
    while (target.has("$ref")) {
      target = document.at(target.get("$ref").stringValue().substring(1));
    }
    return target;
  }

  /** AsyncAPI's schemas are those of draft 7; beside each stand the components that it refers to. */
  private static SchemaRegistry registry() {
    var draft7 = com.networknt.schema.dialect.Dialect.builder(Dialects.getDraft7())
        .keyword(new NonValidationKeyword("components"))
        .build();
    var config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    return SchemaRegistry.withDefaultDialect(draft7, builder -> builder.schemaRegistryConfig(config));
  }

  /** The schema of a message, with all that it may refer to beside it. */
  private ObjectNode schema(JsonNode message, Dialect dialect) {
    ObjectNode schema = JSON.createObjectNode();
    if (dialect == Dialect.SSE) {
      schema.putObject("properties")
          .setAll(Map.of("headers", message.get("headers"), "payload", message.get("payload")));
    } else {
      schema.putArray("allOf").add(message.get("payload"));
    }
    schema.set("components", document.get("components"));
    return schema;
  }

  private static String text(JsonNode example, Dialect dialect) {
    if (dialect != Dialect.SSE) {
      return example.get("payload").toString();
    }
    var lines = new StringBuilder();
    example.get("headers")
        .properties()
        .forEach(it -> lines.append(it.getKey() + ": " + it.getValue().asString() + "\n"));
    return lines.append("data: ").append(example.get("payload")).append('\n').toString();
  }

  /** An event of SSE in the form that the document describes: its data is the payload, its other fields are headers. */
  private static JsonNode event(String lines) {
    ObjectNode event = JSON.createObjectNode();
    ObjectNode headers = event.putObject("headers");
    var data = new ArrayList<String>();
    lines.lines().filter(line -> !line.isEmpty()).forEach(line -> {
      String name = line.substring(0, Math.max(0, line.indexOf(':')));
      String value = line.substring(line.indexOf(':') + 1).stripLeading();
      if (name.equals("data")) {
        data.add(value);
      } else {
        headers.put(name, value);
      }
    });
    event.set("payload", JSON.readTree(String.join("\n", data)));
    return event;
  }

  /** What a client has asked for. */
  public enum Dialect {
    PLAIN, V1, SSE;

    /** The dialect of a WebSocket, from the path and query that it was opened with. */
    public static Dialect ofWebSocket(String pathAndQuery) {
      return pathAndQuery.matches(".*[?&]protocol=v1(&.*)?") ? V1 : PLAIN;
    }

    private static Dialect ofOperation(String name) {
      return name.endsWith("Sse") ? SSE : name.endsWith("V1") ? V1 : PLAIN;
    }
  }

  /** An example of the document, as a client receives it. */
  public record Example(String path, Dialect dialect, String type, String message) {}

  private record Operation(String path, Dialect dialect) {}
}
