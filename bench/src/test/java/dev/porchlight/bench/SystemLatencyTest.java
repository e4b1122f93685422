package dev.porchlight.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SystemLatencyTest {
  @Test
  void aPercentileIsAValueThatSoManyStayAtOrBelow() {
    List<Double> thousand = IntStream.rangeClosed(1, 1_000).mapToObj(i -> (double) i).toList();

    assertThat(SystemLatency.percentile(thousand, 50)).isEqualTo(500);
    assertThat(SystemLatency.percentile(thousand, 99)).isEqualTo(990);
    assertThat(SystemLatency.percentile(List.of(7.0), 99)).isEqualTo(7);
    assertThat(SystemLatency.percentile(List.of(1.0, 2.0, 3.0), 99)).isEqualTo(3);
  }

  @Test
  void aProbeMeasuresTheMessagesOfTheServerOneAfterTheOther() throws Exception {
    try (var server = new FanoutServer(0, "auto"); var probe = SystemProbe.connect(server.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(probe.measure()).isPositive();
      }
    }
  }
}
