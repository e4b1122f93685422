package dev.porchlight.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PhaseResultTest {
  private static final String LINE = "PHASE\tfloor\tN=300\tsat:1:0.5\tdeliv=80700\texp=80703\tmsg_s=161336\tcpu_us=5.491"
      + "\tusr=0.000\tsys=5.452\tp50=0.95\tp99=3.36\tmax=3.9\tclosed=0\tB_msg=311\tinflate_ok";

  @Test
  void readsWhatTheGeneratorPrints() {
    assertThat(PhaseResult.parse(LINE)).contains(new PhaseResult("sat:1", 80_700, 80_703, 161_336, 5.491, 0.95, 3.36));
    assertThat(PhaseResult.parse(LINE).orElseThrow().lost()).isEqualTo(3);
  }

  @Test
  void passesOverAllOtherLines() {
    assertThat(PhaseResult.parse("CONNECT\tfloor\tN=300\tsecs=0.03\tcpu_us_conn=0.0")).isEmpty();
    assertThat(PhaseResult.parse("")).isEmpty();
  }

  @Test
  void takesAPhaseByKindAndAmount() {
    assertThat(PhaseResult.withoutDuration("burst:10:0.7")).isEqualTo("burst:10");
    assertThat(PhaseResult.withoutDuration("idle:3")).isEqualTo("idle");
  }
}
