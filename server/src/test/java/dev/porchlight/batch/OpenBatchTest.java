package dev.porchlight.batch;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OpenBatchTest {
  private static final Instant T = Instant.parse("2025-12-23T12:00:00Z");
  private static final BatchConfig CONFIG = new BatchConfig(Duration.ofSeconds(90), Duration.ofSeconds(30));

  /** Seconds of the first and the last detection, of the frame, and what becomes of the batch. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0, false", "0, 0, 29, false", "0, 0, 30, true", "0, 70, 89, false", "0, 70, 90, true",
    "0, 70, 100, true", "0, 5, 3600, true", "60, 80, 59, false", "60, 80, -10, false",
    "60, 80, -3600, false"})
  void aFrameEndsABatchByItsOwnTime(int first, int last, int frame, boolean ends) {
    var batch = new OpenBatch(1, T.plusSeconds(first), T.plusSeconds(last));

    assertThat(batch.isEndedBy(T.plusSeconds(frame), CONFIG)).isEqualTo(ends);
  }

  @ParameterizedTest
  @CsvSource({"60, 80, 59, false", "60, 80, -9, false", "60, 80, -10, true", "60, 80, -3600, true", "60, 80, 70, false",
    "60, 80, 3600, false"})
  void aFrameIsTooLateForABatchThatItWouldMakeLongerThanTheWindow(int first, int last, int frame, boolean tooLate) {
    var batch = new OpenBatch(1, T.plusSeconds(first), T.plusSeconds(last));

    assertThat(batch.isTooLateFor(T.plusSeconds(frame), CONFIG)).isEqualTo(tooLate);
  }

  @ParameterizedTest
  @CsvSource({"10, 20, 30, 10, 30", "10, 20, 15, 10, 20", "10, 20, 5, 5, 20"})
  void aDetectionMovesTheEndsOfItsBatch(int first, int last, int frame, int newFirst, int newLast) {
    var batch = new OpenBatch(1, T.plusSeconds(first), T.plusSeconds(last));

    assertThat(batch.joinedBy(T.plusSeconds(frame)))
        .isEqualTo(new OpenBatch(1, T.plusSeconds(newFirst), T.plusSeconds(newLast)));
  }
}
