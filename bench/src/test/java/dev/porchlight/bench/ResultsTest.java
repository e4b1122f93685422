package dev.porchlight.bench;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsTest {
  private final Results results = new Results();

  @Test
  void comparesWithTheFloorOfTheSameRound() {
    measured("floor", 1, 10);
    measured("floor", 2, 1);
    measured("floor", 3, 5);
    measured("ours", 1, 11);
    measured("ours", 2, 2);
    measured("ours", 3, 6);

    assertThat(results.timesFloor("ours", "sat:1")).isEqualTo(new Spread(1.1, 1.2, 2));
    assertThat(results.spread("ours", "sat:1", PhaseResult::cpuMicros)).isEqualTo(new Spread(2, 6, 11));
  }

  @Test
  void comparesOnlyTheRoundsThatBothWereIn() {
    measured("floor", 1, 2);
    measured("ours", 1, 4);
    measured("ours", 2, 100);

    assertThat(results.timesFloor("ours", "sat:1").median()).isEqualTo(2);
    assertThat(results.timesFloor("ours", "burst:10").median()).isNaN();
  }

  @Test
  void countsAPhaseThatIsRunTwiceInARoundTheLastTime() {
    measured("floor", 1, 100);
    measured("floor", 1, 2);

    assertThat(results.spread("floor", "sat:1", PhaseResult::cpuMicros)).isEqualTo(new Spread(2, 2, 2));
    assertThat(results.lost("floor")).isEqualTo(1);
  }

  @Test
  void takesTheMiddleOfAnEvenNumberOfRounds() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
  }

  @Test
  void drawsARowForEachServerAndADashForWhatIsMissing() {
    measured("floor", 1, 8);
    measured("ours", 1, 10);

    String table = FanoutTable
        .of(results, List.of("floor", "ours", "neither"), List.of("sat:1:0.4", "sat:1:0.8"), Map.of("ours", 3.25))
        .toString();

    assertThat(table.lines()).containsExactly(
        "| CPU µs per delivery | sat:1 |          × floor | deliveries/s sat:1 | p50 ms sat:1 | p99 ms | lost | KiB per idle connection |",
        "|---------------------|------:|-----------------:|-------------------:|-------------:|-------:|-----:|------------------------:|",
        "| floor               |  8.00 | 1.00 (1.00-1.00) |               1000 |          1.0 |    2.0 |    1 |                       - |",
        "| ours                | 10.00 | 1.25 (1.25-1.25) |               1000 |          1.0 |    2.0 |    1 |                     3.3 |");
  }

  private void measured(String server, int round, double cpuMicros) {
    results.add(server, round, new PhaseResult("sat:1", 99, 100, 1_000, cpuMicros, 1, 2));
  }
}
