package dev.porchlight.domain;

import dev.porchlight.Waits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class CameraSourceTest {
  @Test
  void theSchemeSaysWhatKindOfStreamItIs() {
    assertThat(CameraSource.parse("rtsp://192.0.2.7/h264")).isInstanceOf(CameraSource.Rtsp.class);
    assertThat(CameraSource.parse("RTSPS://cam.local:322/x")).isInstanceOf(CameraSource.Rtsp.class);
    assertThat(CameraSource.parse("rtmp://[fe80::1]:1935/bcs/channel0_main.bcs")).isInstanceOf(CameraSource.Rtmp.class);
    assertThat(CameraSource.parse("rtmps://host/app")).isInstanceOf(CameraSource.Rtmp.class);
    assertThat(CameraSource.parse("http://cam_1/video.mjpg")).isInstanceOf(CameraSource.Http.class);
    assertThat(CameraSource.parse("https://host")).isInstanceOf(CameraSource.Http.class);
  }

  @Test
  void theSecretIsTheWholeAddressAndTheTextShowsNoPassword() {
    Map<String, String> shown = Map.of("rtsp://admin:pass@192.0.2.7:554/h264?channel=1",
        "rtsp://***@192.0.2.7:554/h264?channel=1", "rtsp://admin:p@ss:w@host/x", "rtsp://***@host/x",
        "http://host/snap.cgi?usr=admin&pwd=s3cret&size=2", "http://host/snap.cgi?usr=admin&pwd=***&size=2",
        "rtsp://host:554/user=admin_password=s3cret_channel=1_stream=0.sdp", "rtsp://host:554/user=admin_password=***",
        "http://host/x?p%61ssword=s3cret", "http://host/x?p%61ssword=***", "https://host/x?access_token=a=b&y=1",
        "https://host/x?access_token=***&y=1", "http://host/x?pw=1;Password=2", "http://host/x?pw=***;Password=***",
        "http://host/", "http://host/");

    shown.forEach((secret, display) -> {
      var source = CameraSource.parse(secret);
      assertThat(source.secret()).isEqualTo(secret);
      assertThat(source.display()).isEqualTo(display);
      assertThat(source).hasToString(display);
      assertThat(source.address()).hasToString(display);
      var settings = CameraSettings.STANDARD.withSource(source);
      assertThat(settings.toString()).contains(display);
      if (!secret.equals(display)) {
        assertThat(settings.toString()).doesNotContain(secret);
      }
    });
  }

  @Test
  void whateverWouldReachTheServersOwnFilesOrProgramsIsRefused() {
    for (var text : List.of("file:///etc/passwd", "/etc/passwd", "concat:/etc/passwd|/etc/shadow", "pipe:0", "fd:",
        "subfile,,start,0,end,9,,:/etc/passwd", "data:text/plain,x", "async:http://host/", "cache:rtsp://host/",
        "crypto+http://host/", "lavfi://x", "gopher://host/", "tcp://host:1", "rtsp", "rtsp:/host", "", "://host",
        "-i http://host/", "hls+http://host/x")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> CameraSource.parse(text));
    }
  }

  @Test
  void anAddressThatCannotBeToldApartFromItsPasswordIsRefusedWithoutShowingIt() {
    for (var text : List.of("rtsp://admin:s3cret/7@host/x", "rtsp://admin:12/s3cret@host/",
        "rtsp://admin:s3cret?@host/",
        "rtsp://admin:s3cret#@host/", "rtsp://user:s3cret@", "rtsp://user:s3cret@host:0/",
        "rtsp://u:s3cret@host:65536/",
        "rtsp://u:s3cret@ho st/", "rtsp://u:s3cret@hös.t/", "rtsp://u:s3cret@host/\nx", "rtsp://u:s3cret@-host/",
        "file:///s3cret", "rtsp://u:s3cret@host/" + "x".repeat(2_048))) {
      assertThatIllegalArgumentException().as(text)
          .isThrownBy(() -> CameraSource.parse(text))
          .withMessageNotContaining("s3cret");
    }
  }

  @Test
  void whatIsMaskedIsNoAddressToConnectTo() {
    for (var text : List.of("rtsp://***@host/x", "http://host/x?pwd=***")) {
      assertThatIllegalArgumentException().isThrownBy(() -> CameraSource.parse(text)).withMessageContaining("***");
    }
  }

  @Test
  void anAddressMadeToTakeLongTakesNoTime() {
    for (var part : List.of("%", "pass", "pass=", "a&", "=")) {
      var text = "http://host/" + part.repeat(2_000 / part.length());
      assertTimeoutPreemptively(Waits.LIMIT, () -> CameraSource.parse(text));
    }
  }
}
