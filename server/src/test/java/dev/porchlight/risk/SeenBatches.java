package dev.porchlight.risk;

import dev.porchlight.domain.Detection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What the default detector saw in the test media: {@code golden/seen.txt}. */
final class SeenBatches {
  private SeenBatches() {}

  /** The detections of a batch that begins at {@code start}. */
  static List<Detection> of(String batch, Instant start) {
    try (InputStream in = Objects.requireNonNull(SeenBatches.class.getResourceAsStream("/golden/seen.txt"))) {
      List<Detection> seen = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> line.startsWith(batch + " "))
          .map(line -> detection(line.split(" ", -1), start))
          .toList();
      if (seen.isEmpty()) {
        throw new IllegalArgumentException("there is no batch " + batch);
      }
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Detection detection(String[] fields, Instant start) {
    return new Detection(1, "front", fields[2], Double.parseDouble(fields[3]),
        start.plusSeconds(Long.parseLong(fields[1])), number(fields[4]), number(fields[5]), number(fields[6]),
        number(fields[7]));
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }
}
