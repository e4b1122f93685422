package dev.porchlight.risk;

import dev.porchlight.config.HttpAddress;
import dev.porchlight.config.Settings;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The language model that judges. The address may hold a password: it is shown to nobody.
 *
 * @param url      {@code analyst.url}: the base address of its server, with or without {@code /v1}; null when rules alone
 *                 judge
 * @param protocol {@code analyst.protocol}: what that server speaks
 * @param model    {@code analyst.model}: the model's name as that server knows it; empty for the server's own
 * @param key      {@code analyst.key}: sent as a bearer token; null when the server asks for none
 * @param timeout  {@code analyst.timeout}: of a whole verdict, waiting, retries and repair included
 * @param inFlight {@code analyst.in-flight}: how many situations are put before the model at the same time
 * @param tries    {@code analyst.tries}: after as many failed tries a situation is set aside
 * @param retry    {@code analyst.retry-after}: the pause between two tries at what could not be judged in time
 * @param pictures how many pictures the model is shown: {@code analyst.pictures} if {@code analyst.vision}, else 0
 * @param language {@code analyst.language}: in which it answers, as BCP 47 has it
 */
public record AnalystConfig(@Nullable HttpAddress url, Protocol protocol, String model, @Nullable String key,
    Duration timeout, int inFlight, int tries, Duration retry, int pictures, Locale language) {
  /** Reads the settings. */
  public static AnalystConfig read(Settings settings) {
    HttpAddress url = HttpAddress.read(settings, "analyst.url", "http://host:port");
    String model = settings.text("analyst.model", "");
    int pictures = settings.integer("analyst.pictures", 3, 1, 8);
    return new AnalystConfig(url, protocol(settings), model == null ? "" : model.strip(),
        settings.secret("analyst.key"),
        settings.duration("analyst.timeout", Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofMinutes(30)),
        settings.integer("analyst.in-flight", 2, 1, 64), settings.integer("analyst.tries", 3, 1, 100),
        settings.duration("analyst.retry-after", Duration.ofSeconds(30), Duration.ofMillis(10), Duration.ofDays(1)),
        settings.flag("analyst.vision", false) ? pictures : 0, language(settings));
  }

  private static Protocol protocol(Settings settings) {
    String name = settings.text("analyst.protocol", Protocol.OPENAI.wireName());
    for (Protocol protocol : Protocol.values()) {
      if (protocol.wireName().equals(name)) {
        return protocol;
      }
    }
    settings.mistake("analyst.protocol must be openai or llama, not " + name);
    return Protocol.OPENAI;
  }

  private static Locale language(Settings settings) {
    String tag = settings.text("analyst.language", "en");
    Locale language = Locale.forLanguageTag(tag == null ? "" : tag);
    if (language.getLanguage().isEmpty()) {
      settings.mistake("analyst.language must be a language such as en or de, not " + tag);
      return Locale.ENGLISH;
    }
    return language;
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "AnalystConfig[" + (url == null ? "rules" : url.shown()) + ", " + model + "]";
  }

  /** What a server may speak. */
  public enum Protocol {
    /** Chat completions as OpenAI has them: llama.cpp, Ollama, vLLM, LM Studio, NVIDIA NIM. */
    OPENAI,
    /** The native completions of llama.cpp's server. */
    LLAMA;

    /** The protocol as the setting spells it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
