package dev.porchlight.risk;

import dev.porchlight.config.HttpAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Opens the language model that the settings name. */
final class Models {
  private Models() {}

  /**
   * The model; null when none is set.
   *
   * @param prompts where the owner's own prompts may be
   * @throws java.io.UncheckedIOException when those cannot be used, in one line
   */
  static @Nullable ChatModel open(AnalystConfig config, RiskConfig risk, Path prompts, SituationPictures pictures,
      Clock clock, LongSupplier nanoTime) {
    HttpAddress address = config.url();
    return address == null
        ? null
        : new ChatModel(address, config, Prompts.read(prompts), pictures,
            new AnswerReader(config.language(), risk::levelOf), clock, nanoTime);
  }
}
