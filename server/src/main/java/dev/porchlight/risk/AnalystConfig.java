package dev.porchlight.risk;

import dev.porchlight.config.Settings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The language model that judges. The address may hold a password: it is shown to nobody.
 *
 * @param url      {@code analyst.url}: the base address of a server that speaks the OpenAI chat protocol, with or without
 *                 {@code /v1}; null when rules alone judge
 * @param model    {@code analyst.model}: the model's name as that server knows it; empty for the server's own
 * @param key      {@code analyst.key}: sent as a bearer token; null when the server asks for none
 * @param timeout  {@code analyst.timeout}: of a whole verdict, waiting, retries and repair included
 * @param inFlight {@code analyst.in-flight}: how many situations are put before the model at the same time
 * @param tries    {@code analyst.tries}: after as many failed tries a situation is set aside
 * @param retry    {@code analyst.retry-after}: the pause between two tries at what could not be judged in time
 */
public record AnalystConfig(@Nullable URI url, String model, @Nullable String key, Duration timeout, int inFlight,
    int tries, Duration retry) {
  /** Reads the settings. */
  public static AnalystConfig read(Settings settings) {
    String text = settings.secret("analyst.url");
    URI url = text == null || text.isBlank() ? null : parse(text.strip());
    if (text != null && !text.isBlank() && url == null) {
      settings.mistake("analyst.url must be an address such as http://host:port (it is not shown, for it may hold a "
          + "password)");
    }
    String model = settings.text("analyst.model", "");
    return new AnalystConfig(url, model == null ? "" : model.strip(), settings.secret("analyst.key"),
        settings.duration("analyst.timeout", Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofMinutes(30)),
        settings.integer("analyst.in-flight", 2, 1, 64), settings.integer("analyst.tries", 3, 1, 100),
        settings.duration("analyst.retry-after", Duration.ofSeconds(30), Duration.ofMillis(10), Duration.ofDays(1)));
  }

  private static @Nullable URI parse(String text) {
    try {
      URI url = URI.create(text);
      boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      return isHttp && url.getHost() != null && url.getPort() <= 65_535 ? url : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "AnalystConfig[" + (url == null ? "rules" : url.getHost()) + ", " + model + "]";
  }
}
