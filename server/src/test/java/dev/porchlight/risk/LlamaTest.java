package dev.porchlight.risk;

import dev.porchlight.config.HttpAddress;
import dev.porchlight.domain.Movement;
import dev.porchlight.risk.AnalystConfig.Protocol;
import dev.porchlight.risk.Answer.Unusable;
import dev.porchlight.risk.Answer.Usable;
import dev.porchlight.risk.CompletionProtocol.AnswerForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real llama.cpp, with a model that knows nothing: whatever it babbles is a verdict in form when it is held to the schema,
 * and none when it is not.
 */
class LlamaTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir
  private static Path folder;
  private static Process process;
  private static HttpAddress address;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && List.of("amd64", "aarch64").contains(System.getProperty("os.arch")),
        "Skipped: llama.cpp is run on 64-bit Linux only");
    Path log = folder.resolve("llama.log");
    process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), LlamaServer.class.getName(),
        folder.resolve("tiny.gguf").toString()).redirectError(log.toFile()).start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    while (line != null && !line.startsWith("listening ")) {
      line = lines.readLine();
    }
    assertThat(line).as(() -> "llama.cpp did not start: " + text(log)).isNotNull();
    address = Objects.requireNonNull(HttpAddress.parse("http://127.0.0.1:" + line.substring("listening ".length())));
  }

  @AfterAll
  static void stop() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** The words are babble, and may be refused for that; the form never is. */
  @ParameterizedTest
  @EnumSource
  void heldToTheSchemaItsAnswerIsAVerdictInForm(Protocol protocol) throws InterruptedException {
    CompletionProtocol speaks = protocol == Protocol.LLAMA ? new LlamaProtocol("") : new OpenAiProtocol("", "");

    Completion completion = ask(speaks, AnswerForm.SCHEMA);

    JsonNode verdict = JSON.readTree(completion.text());
    assertThat(verdict.propertyNames()).containsExactlyInAnyOrder("risk_score", "reasoning", "summary");
    assertThat(verdict.path("risk_score").isIntegralNumber()).isTrue();
    assertThat(verdict.path("risk_score").intValue()).isBetween(0, 100);
    assertThat(verdict.path("summary").stringValue()).hasSizeBetween(1, VerdictSchema.LONGEST_SUMMARY);
    Answer answer = new AnswerReader(Locale.ENGLISH, new RiskConfig(30, 60, 85)::levelOf).read(completion);
    switch (answer) {
      case Usable usable -> assertThat(usable.score()).isEqualTo(verdict.path("risk_score").intValue());
      case Unusable(String why) -> assertThat(why).as(completion.text()).doesNotContain("JSON", "risk_score");
    }
  }

  @Test
  void notHeldToAnythingItIsFoundOut() throws InterruptedException {
    Completion completion = ask(new OpenAiProtocol("", ""), AnswerForm.WORDS);

    assertThat(new AnswerReader(Locale.ENGLISH, new RiskConfig(30, 60, 85)::levelOf).read(completion))
        .isInstanceOf(Unusable.class);
  }

  /** The way that a verdict goes, from the situation to the analysis that is kept. */
  @ParameterizedTest
  @EnumSource
  void theWholeWayWorks(Protocol protocol) throws InterruptedException {
    var config = new AnalystConfig(address, protocol, "", null, PATIENCE, 1, 1, PATIENCE, 0, Locale.ENGLISH);
    Situation situation = Situated.at(3).sees(1, "person", 20, Movement.APPROACHING).made();
    try (var model = new ChatModel(address, config, Prompts.read(folder), SituationPictures.NONE,
        new AnswerReader(Locale.ENGLISH, new RiskConfig(30, 60, 85)::levelOf), Clock.systemUTC(), System::nanoTime)) {
      Model.Outcome outcome = model.ask(situation, PATIENCE);

      assertThat(outcome.analysis().exchanges()).isNotEmpty();
      String first = outcome.analysis().exchanges().getFirst().answer();
      assertThat(JSON.readTree(first).path("risk_score").isIntegralNumber()).as(first).isTrue();
      if (outcome instanceof Model.Outcome.Failed failed) {
        // Babble of two hundred characters may well have no English word.
        assertThat(failed.analysis().failure()).doesNotContain("JSON", "risk_score");
      }
    }
  }

  private static Completion ask(CompletionProtocol protocol, AnswerForm form) throws InterruptedException {
    try (var call = new ModelCall(address, null)) {
      List<ChatTurn> turns = List.of(new ChatTurn("system", "You judge."), new ChatTurn("user", "A person at night."));
      return protocol.completion(call.post(protocol.path(), protocol.request(turns, form), PATIENCE));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
