package dev.porchlight.video;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines as ffmpeg 5.1 and 7.1 have said them. */
class FailureReasonTest {
  @Test
  void whoFoundItKnowsBest() {
    assertThat(reason("[tcp @ 0x56103aa39080] [error] Connection to tcp://127.0.0.1:1 failed: Connection refused",
        "[concat @ 0x56103aa24a40] [error] Impossible to open 'rtsp://127.0.0.1:1/street'",
        "[error] pipe:0: Connection refused"))
        .isEqualTo("Connection to tcp://127.0.0.1:1 failed: Connection refused");
    assertThat(reason("[rtsp @ 0x55b6e13d09c0] [error] method DESCRIBE failed: 401 Unauthorized",
        "[concat @ 0x55f63496ca40] [error] Impossible to open 'rtsp://***@127.0.0.1:18555/street'",
        "[error] pipe:0: Server returned 401 Unauthorized (authorization failed)"))
        .isEqualTo("method DESCRIBE failed: 401 Unauthorized");
    assertThat(
        reason("[tcp @ 0x55fb8883ecc0] [error] Failed to resolve hostname nohost.invalid: Name or service not known",
            "[concat @ 0x55fb8882a180] [error] Impossible to open 'rtsp://nohost.invalid/street'",
            "[in#0 @ 0x55fb88829e40] [error] Error opening input: Input/output error",
            "[error] Error opening input file pipe:0.",
            "[fatal] Error opening input files: Input/output error"))
        .isEqualTo("Failed to resolve hostname nohost.invalid: Name or service not known");
  }

  @Test
  void elseWhatWasPassedOnMustDo() {
    assertThat(reason("[concat @ 0x5623a0937a40] [error] Impossible to open 'rtsp://127.0.0.1:18700/x'",
        "[error] pipe:0: Invalid data found when processing input"))
        .isEqualTo("Invalid data found when processing input");
    assertThat(reason("[in#0 @ 0x55f696] [error] Error opening input: Server returned 404 Not Found",
        "[error] Error opening input file pipe:0.", "[fatal] Error opening input files: Server returned 404 Not Found"))
        .isEqualTo("Server returned 404 Not Found");
    assertThat(reason("[mov,mp4,m4a,3gp,3g2,mj2 @ 0x563ba5bc3b00] [error] moov atom not found",
        "[error] file:/data/cameras/cam-1/a.mp4: Invalid data found when processing input"))
        .isEqualTo("moov atom not found");
  }

  @Test
  void soundAloneIsNoVideo() {
    assertThat(reason("[fatal] Stream map '0:v:0' matches no streams.",
        "[fatal] To ignore this, add a trailing '?' to the map.")).isEqualTo("there is no video in it");
  }

  @Test
  void silenceHasAReasonToo() {
    assertThat(reason()).isEqualTo("the camera ended it");
    assertThat(reason("[fatal] Conversion failed!", "[info]     encoder         : Lavc59.37.100 wrapped_avframe"))
        .isEqualTo("the camera ended it");
  }

  private static String reason(String... lines) {
    return FailureReason.of(List.of(lines), "the camera ended it");
  }
}
