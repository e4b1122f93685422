package dev.porchlight.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a verdict came about, or why none did.
 *
 * @param analyst          who was asked: {@code rules}, or the name of a model
 * @param startedAt        when it was asked
 * @param took             until it had answered, or had failed
 * @param exchanges        what was said, in order: none for rules, more than one when an answer had to be repaired
 * @param pictures         the detections whose pictures were sent along
 * @param promptTokens     tokens read, as the model's server counts them; null when it does not
 * @param completionTokens tokens written; null when the server does not count them
 * @param failure          why there is no verdict of this analyst, in one line; null when there is one
 */
public record Analysis(String analyst, Instant startedAt, Duration took, List<Exchange> exchanges, List<Long> pictures,
    @Nullable Long promptTokens, @Nullable Long completionTokens, @Nullable String failure) {
  public Analysis {
    startedAt = WireTime.truncate(startedAt);
    exchanges = List.copyOf(exchanges);
    pictures = List.copyOf(pictures);
  }

  /** An analysis without a conversation. */
  public static Analysis silent(String analyst, Instant startedAt, Duration took) {
    return new Analysis(analyst, startedAt, took, List.of(), List.of(), null, null, null);
  }

  /**
   * One question and what came back.
   *
   * @param request what was sent, without the bytes of pictures and without any key
   * @param answer  what came back as it is, cut when it is long; empty when nothing did
   */
  public record Exchange(String request, String answer) {}
}
