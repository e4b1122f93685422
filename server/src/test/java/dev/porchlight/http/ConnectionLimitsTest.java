package dev.porchlight.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Seen to fail when loopback has a share like any address. */
class ConnectionLimitsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void oneAddressGetsItsShareAndNoMoreUntilItGivesOneBack() throws UnknownHostException {
    InetAddress one = InetAddress.getByName("192.0.2.1");
    InetAddress other = InetAddress.getByName("2001:db8::1");
    var limits = new ConnectionLimits(100, 2);
    assertThat(limits.enter(one)).isTrue();
    assertThat(limits.enter(one)).isTrue();

    assertThat(limits.enter(one)).isFalse();
    assertThat(limits.enter(other)).isTrue();

    limits.leave(one);
    assertThat(limits.enter(one)).isTrue();
    assertThat(limits.enter(one)).isFalse();
  }

  @Test
  void loopbackHasNoShareButTakesPlacesLikeEverybody() throws UnknownHostException {
    InetAddress one = InetAddress.getByName("192.0.2.1");
    var limits = new ConnectionLimits(4, 1);
    for (int i = 0; i < 3; i++) {
      assertThat(limits.enter(LOOPBACK)).isTrue();
    }

    assertThat(limits.enter(one)).isTrue();
    assertThat(limits.enter(LOOPBACK)).isFalse();

    limits.leave(one);
    assertThat(limits.enter(LOOPBACK)).isTrue();
  }
}
