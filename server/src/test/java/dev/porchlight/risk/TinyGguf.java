package dev.porchlight.risk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes a tiny language model of the llama family with random weights, as a GGUF file (version 3): it knows nothing, but
 * llama.cpp loads it within milliseconds and holds its babble to a grammar like anybody's.
 */
final class TinyGguf {
  private static final int WIDTH = 64;
  private static final int FEED_FORWARD = 128;
  private static final int HEADS = 4;
  private static final int CONTEXT = 8_192;
  private static final int ALIGNMENT = 32;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int BYTE = 6;

  private final ByteArrayOutputStream facts = new ByteArrayOutputStream();
  private final List<Token> tokens = tokens();
  private int factCount;

  private TinyGguf() {}

  /** Writes the model into a file. */
  static void write(Path file) throws IOException {
    Files.write(file, new TinyGguf().bytes());
  }

  private byte[] bytes() {
    facts();
    Map<String, List<Integer>> tensors = tensors();
    var out = new ByteArrayOutputStream();
    out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(buffer(20).putInt(3).putLong(tensors.size()).putLong(factCount).array());
    out.writeBytes(facts.toByteArray());
    var random = new Random(1);
    var weights = new ByteArrayOutputStream();
    tensors.forEach((name, sizes) -> {
      out.writeBytes(string(name));
      out.writeBytes(buffer(4).putInt(sizes.size()).array());
      sizes.forEach(size -> out.writeBytes(buffer(8).putLong(size).array()));
      // Type 0 is a float of 32 bits.
      out.writeBytes(buffer(12).putInt(0).putLong(weights.size()).array());
      int count = sizes.stream().reduce(1, Math::multiplyExact);
      for (int i = 0; i < count; i++) {
        float weight = name.contains("norm") ? 1 : (float) (random.nextGaussian() * 0.08);
        weights.writeBytes(buffer(Float.BYTES).putFloat(weight).array());
      }
      pad(weights);
    });
    pad(out);
    out.writeBytes(weights.toByteArray());
    return out.toByteArray();
  }

  private static Map<String, List<Integer>> tensorsOfBlock() {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    tensors.put("attn_norm", List.of(WIDTH));
    for (String part : List.of("q", "k", "v", "output")) {
      tensors.put("attn_" + part, List.of(WIDTH, WIDTH));
    }
    tensors.put("ffn_norm", List.of(WIDTH));
    tensors.put("ffn_gate", List.of(WIDTH, FEED_FORWARD));
    tensors.put("ffn_up", List.of(WIDTH, FEED_FORWARD));
    tensors.put("ffn_down", List.of(FEED_FORWARD, WIDTH));
    return tensors;
  }

  private Map<String, List<Integer>> tensors() {
    Map<String, List<Integer>> tensors = new LinkedHashMap<>();
    tensors.put("token_embd.weight", List.of(WIDTH, tokens.size()));
    tensors.put("output_norm.weight", List.of(WIDTH));
    tensors.put("output.weight", List.of(WIDTH, tokens.size()));
    tensorsOfBlock().forEach((name, sizes) -> tensors.put("blk.0." + name + ".weight", sizes));
    return tensors;
  }

  private void facts() {
    text("general.architecture", "llama");
    text("general.name", "tiny-random");
    number("llama.context_length", CONTEXT);
    number("llama.embedding_length", WIDTH);
    number("llama.block_count", 1);
    number("llama.feed_forward_length", FEED_FORWARD);
    number("llama.attention.head_count", HEADS);
    number("llama.attention.head_count_kv", HEADS);
    fact("llama.attention.layer_norm_rms_epsilon", FLOAT32, buffer(4).putFloat(1e-5f).array());
    number("llama.rope.dimension_count", WIDTH / HEADS);
    number("llama.vocab_size", tokens.size());
    number("general.file_type", 0);
    text("tokenizer.ggml.model", "llama");
    list("tokenizer.ggml.tokens", STRING, token -> string(token.text));
    list("tokenizer.ggml.scores", FLOAT32, token -> buffer(4).putFloat(token.score).array());
    list("tokenizer.ggml.token_type", INT32, token -> buffer(4).putInt(token.type).array());
    number("tokenizer.ggml.bos_token_id", 1);
    number("tokenizer.ggml.eos_token_id", 2);
    number("tokenizer.ggml.unknown_token_id", 0);
    text("tokenizer.chat_template",
        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:");
  }

  /** Bytes that are no ASCII are control tokens, which are never written: whatever is babbled is valid UTF-8. */
  private static List<Token> tokens() {
    var tokens = new ArrayList<Token>();
    tokens.add(new Token("<unk>", 0, UNKNOWN));
    tokens.add(new Token("<s>", 0, CONTROL));
    tokens.add(new Token("</s>", 0, CONTROL));
    for (int b = 0; b < 256; b++) {
      boolean isText = b == '\t' || b == '\n' || (b >= ' ' && b < 127);
      tokens.add(new Token("<0x%02X>".formatted(b), 0, isText ? BYTE : CONTROL));
    }
    tokens.add(new Token("\u2581", -1, NORMAL));
    for (char c = '!'; c < 127; c++) {
      tokens.add(new Token(String.valueOf(c), -2, NORMAL));
    }
    return tokens;
  }

  private void number(String name, int value) {
    fact(name, UINT32, buffer(4).putInt(value).array());
  }

  private void text(String name, String value) {
    fact(name, STRING, string(value));
  }

  private void list(String name, int type, Encoding encoding) {
    var items = new ByteArrayOutputStream();
    items.writeBytes(buffer(12).putInt(type).putLong(tokens.size()).array());
    tokens.forEach(token -> items.writeBytes(encoding.of(token)));
    fact(name, ARRAY, items.toByteArray());
  }

  private void fact(String name, int type, byte[] value) {
    facts.writeBytes(string(name));
    facts.writeBytes(buffer(4).putInt(type).array());
    facts.writeBytes(value);
    factCount++;
  }

  private static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return buffer(8 + bytes.length).putLong(bytes.length).put(bytes).array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void pad(ByteArrayOutputStream out) {
    while (out.size() % ALIGNMENT != 0) {
      out.write(0);
    }
  }

  private record Token(String text, float score, int type) {}

  /** How a fact about a token is written. */
  private interface Encoding {
    byte[] of(Token token);
  }
}
