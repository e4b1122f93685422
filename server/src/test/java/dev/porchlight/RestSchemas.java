package dev.porchlight;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The schemas of {@code docs/openapi.yaml}: says what of an answer is not as the document promises. Thread-safe. */
public final class RestSchemas {
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete", "put");
  private static final String DEFAULT = "default";

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private RestSchemas(JsonNode document) {
    this.document = document;
    this.registry = registry();
    for (var path : document.get("paths").properties()) {
      for (var member : path.getValue().properties()) {
        if (METHODS.contains(member.getKey())) {
          operations.put(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
              new Operation(Pattern.compile(path.getKey().replaceAll("\\{[a-z_]+}", "[^/]+")), member.getValue()));
        }
      }
    }
  }

  /** Reads the document. */
  public static RestSchemas load() {
    Path file = Path.of(System.getProperty("porchlight.root"), "docs", "openapi.yaml");
    return new RestSchemas(YAMLMapper.builder().build().readTree(file.toFile()));
  }

  /** What is described, each as {@code GET /api/events/{id}}. */
  public Set<String> operations() {
    return new TreeSet<>(operations.keySet());
  }

  /** Throws an {@link AssertionError} with all that is wrong with an answer; says nothing of a path that is not described. */
  public void check(String method, String path, int status, String contentType, String body) {
    List<String> violations = violations(method, path, status, contentType, body);
    if (!violations.isEmpty()) {
      throw new AssertionError("not what docs/openapi.yaml promises of %s %s: %s%n%d %s %s".formatted(method, path,
          String.join("; ", violations), status, contentType, body));
    }
  }

  /** What is wrong with an answer; empty when nothing is, or the document does not speak of this path and method. */
  public List<String> violations(String method, String pathAndQuery, int status, String contentType, String body) {
    String path = pathAndQuery.replaceFirst("\\?.*", "");
    Optional<Operation> operation = operations.entrySet()
        .stream()
        .filter(it -> it.getKey().startsWith(method + " ") && it.getValue().path().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst();
    return operation.map(it -> violations(it, status, contentType.replaceFirst(";.*", "").strip(), body))
        .orElse(List.of());
  }

  private List<String> violations(Operation operation, int status, String contentType, String body) {
    JsonNode responses = operation.node().get("responses");
    String key = responses.has(Integer.toString(status)) ? Integer.toString(status) : DEFAULT;
    if (key.equals(DEFAULT) && status < 400) {
      return List.of("the status " + status + " is not described");
    }
    JsonNode content = resolved(responses.get(key)).get("content");
    if (content == null) {
      return body.isEmpty() ? List.of() : List.of("there is a body");
    }
    JsonNode form = content.get(contentType);
    if (form == null && status >= 400) {
      form = resolved(responses.get(DEFAULT)).get("content").get(contentType);
    }
    if (form == null) {
      return List.of("the type " + contentType + " is not described");
    }
    return form.has("schema") ? violations(form.get("schema"), body) : List.of();
  }

  private List<String> violations(JsonNode schema, String body) {
    try {
      var violations = new ArrayList<String>();
      for (Error error : whole(schema).validate(JSON.readTree(body))) {
        violations.add(error.toString());
      }
      return violations;
    } catch (JacksonException e) {
      return List.of("not JSON: " + e.getOriginalMessage());
    }
  }

  /** A schema with all that it may refer to beside it. */
  private Schema whole(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", document.get("components"));
    return registry.getSchema(whole);
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode target = node;
    while (target.has("$ref")) {
      target = document.at(target.get("$ref").stringValue().substring(1));
    }
    return target;
  }

  private static SchemaRegistry registry() {
    var dialect = Dialect.builder(Dialects.getDraft202012())
        .keyword(new NonValidationKeyword("components"))
        .build();
    var config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    return SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemaRegistryConfig(config));
  }

  /** What is wrong with the body of a request to an operation, which is described. */
  public List<String> violationsOfRequest(String operation, String body) {
    JsonNode content = Objects.requireNonNull(operations.get(operation)).node().get("requestBody").get("content");
    return violations(content.get("application/json").get("schema"), body);
  }

  private record Operation(Pattern path, JsonNode node) {}
}
