package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The patience of the product with a whole connection, by a clock of the test. Seen to fail, each in its test: with another interval
 * or deadline; when 256 KiB that its socket took are a sign of life; when the connection is kept after the grace.
 */
class WebSocketTimesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final String PING = "89";
  private static final int CLOSE = 0x88;

  private final EmbeddedConnection client = new EmbeddedConnection();

  @Test
  void aClientThatSaysNothingIsPingedAfter25SecondsAndClosedWith4000TenSecondsLater() {
    client.advance(Duration.ofSeconds(25).minus(MOMENT));
    assertThat(client.sent()).isEmpty();
    client.advance(MOMENT);
    assertThat(client.sent()).containsExactly(PING);

    client.advance(Duration.ofSeconds(10).minus(MOMENT));
    assertThat(client.sent()).isEmpty();
    client.advance(MOMENT);

    assertThat(client.sent()).containsExactly("88 4000 no sign of life");
  }

  @ParameterizedTest
  @CsvSource({"8A, pong", "81, text", "89, ping"})
  void anyFrameIsASignOfLifeHoweverLittleItSays(String first, String what) {
    for (int i = 0; i < 4; i++) {
      client.advance(Duration.ofSeconds(25));
      assertThat(client.sent()).as("%s %d", what, i).contains(PING);
      client.receive(Integer.parseInt(first, 16));
    }
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void whatASocketTakesForAPeerThatHasVanishedDoesNotKeepIt() {
    client.advance(Duration.ofSeconds(25));
    for (int i = 0; i < 40; i++) {
      assertThat(client.connection().send(Unpooled.wrappedBuffer(new byte[256 * 1024]))).isTrue();
      client.advance(Duration.ofMillis(200));
    }
    assertThat(client.connection().isOpen()).isTrue();

    client.advance(Duration.ofSeconds(2));

    assertThat(client.connection().isOpen()).isFalse();
  }

  /** An unmasked frame, after which nobody knows where the next one begins. */
  @Test
  void afterAProtocolErrorTheConnectionIsClosedASecondLaterAtMost() {
    client.receiveBytes((byte) 0x81, (byte) 0x00);
    assertThat(client.sent()).containsExactly("88 1002 protocol error");

    client.advance(SECOND.minus(MOMENT));
    assertThat(client.isOpen()).isTrue();
    client.advance(MOMENT);

    assertThat(client.isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"GOING_AWAY", "OVERLOADED", "DEAD", "TOO_SLOW"})
  void aClientThatAnswersACloseIsClosedAtOnce(CloseReason reason) {
    client.connection().close(reason);
    assertThat(client.sent()).hasSize(1);
    client.receive(0x81, (byte) 'x');
    assertThat(client.isOpen()).isTrue();

    client.receive(CLOSE, (byte) (reason.code() >> 8), (byte) reason.code());

    assertThat(client.isOpen()).isFalse();
    assertThat(client.connection().closeReason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(names = {"GOING_AWAY", "OVERLOADED", "DEAD", "TOO_SLOW"})
  void aClientThatDoesNotIsClosedASecondLater(CloseReason reason) {
    client.connection().close(reason);
    client.advance(SECOND.minus(MOMENT));
    assertThat(client.isOpen()).isTrue();

    client.advance(MOMENT);

    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void aClientThatClosesIsAnsweredAndClosedAtOnce() {
    client.receive(CLOSE, (byte) 0x03, (byte) 0xE8);

    assertThat(client.sent()).containsExactly("88 1000 bye");
    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void aConnectionForWhoseCloseFrameThereIsNoMemoryIsClosedAllTheSame() {
    client.allocateFrom(new Exhausted());

    client.connection().close(CloseReason.TOO_SLOW);

    assertThat(client.isOpen()).isFalse();
  }

  @Test
  void aConnectionForWhosePingThereIsNoMemoryIsClosedAndNotForgotten() {
    client.allocateFrom(new Exhausted());

    client.advance(Duration.ofSeconds(25));

    assertThat(client.isOpen()).isFalse();
  }

  /** Memory outside the heap of which nothing is left; another error, since JUnit gives up at the real one. */
  private static final class Exhausted extends AbstractByteBufAllocator {
    @Override
    public boolean isDirectBufferPooled() {
      return false;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
      throw new InternalError("no memory");
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
      throw new InternalError("no memory");
    }
  }
}
