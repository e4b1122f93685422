package dev.porchlight.risk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Real llama.cpp behind the two ways in which its own server is asked: {@code /v1/chat/completions} and {@code /completion}.
 * A process of its own, so that native code that fails does not take the tests along. Prints its port.
 */
final class LlamaServer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int CONTEXT = 8_192;

  private LlamaServer() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    TinyGguf.write(file);
    var model = new LlamaModel(new ModelParameters().setModel(file.toString()).setCtxSize(CONTEXT).setThreads(1));
    // One at a time, as the model has one context.
    ExecutorService thread = Executors.newSingleThreadExecutor();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(thread);
    server.createContext("/", exchange -> {
      try (exchange) {
        answer(exchange, model);
      }
    });
    server.start();
    System.out.println("listening " + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, LlamaModel model) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
    ObjectNode answer = JSON.createObjectNode();
    if (exchange.getRequestURI().getPath().equals("/completion")) {
      String text = complete(model, request.path("prompt").stringValue(), request.path("json_schema"));
      answer.put("content", text).put("tokens_evaluated", 1).put("tokens_predicted", text.length());
    } else {
      var prompt = new StringBuilder();
      request.path("messages")
          .forEach(message -> prompt.append(message.path("role").stringValue())
              .append(": ")
              .append(message.path("content").stringValue())
              .append('\n'));
      String text = complete(model, prompt + "assistant:",
          request.path("response_format").path("json_schema").path("schema"));
      answer.putArray("choices")
          .addObject()
          .put("finish_reason", "stop")
          .putObject("message")
          .put("role", "assistant")
          .put("content", text);
    }
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String complete(LlamaModel model, String prompt, JsonNode schema) {
    var parameters = new InferenceParameters(prompt).setNPredict(4_096).setTemperature(1).setSeed(7);
    return model.complete(schema.isObject()
        ? parameters.setGrammar(LlamaModel.jsonSchemaToGrammar(schema.toString()))
        : parameters.setNPredict(60));
  }
}
