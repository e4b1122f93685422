package dev.porchlight.ftp;

import dev.porchlight.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class FtpConfigTest {
  @Test
  void itListensWhereTheWebServerDoesUnlessItIsTold() {
    assertThat(TestDoor.config().host()).isEqualTo("127.0.0.1");
    assertThat(TestDoor.config("ftp.host=0.0.0.0").host()).isEqualTo("0.0.0.0");
    assertThat(TestDoor.config().hasTls()).isFalse();
    assertThat(TestDoor.config("ftp.port=2121").port()).isEqualTo(2121);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp.port=-1", "ftp.port=65536", "ftp.port=ftp", "ftp.passive-ports=50049-50000",
    "ftp.passive-ports=20-30", "ftp.passive-ports=50000-70000", "ftp.passive-ports=all", "ftp.tls-certificate=a.crt",
    "ftp.tls-key=a.key", "ftp.tls-port=990", "ftp.require-tls=true", "ftp.max-sessions=0", "ftp.max-file-size=1GiB"})
  void whatCannotBeIsSaid(String setting) {
    assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> TestDoor.config(setting))
        .satisfies(e -> assertThat(String.join(" ", e.mistakes()))
            .contains(setting.substring(0, setting.indexOf('='))));
  }
}
