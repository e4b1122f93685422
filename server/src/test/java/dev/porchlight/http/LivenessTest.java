package dev.porchlight.http;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is alive, by a clock of the test and with the times of the product. Seen to fail, each in its test: with 24 s between
 * two pings, with 11 s of patience, when 256 KiB that a socket took are a sign of life, and when a write that is
 * seen under way only once is.
 */
class LivenessTest {
  private static final Duration STEP = Duration.ofMillis(100);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Peer peer = new Peer();
  private final Liveness liveness = new Liveness(WebSocketTimes.STANDARD, channel.eventLoop(), peer);
  private Duration now = Duration.ZERO;

  @BeforeEach
  void start() {
    channel.freezeTime();
    liveness.start();
  }

  @Test
  void aClientIsPingedEach25SecondsForAsLongAsItAnswers() {
    peer.answers = true;

    advanceTo("100s");

    assertThat(peer.pings).extracting(Duration::toSeconds).containsExactly(25L, 50L, 75L, 100L);
    assertThat(peer.pings).allMatch(ping -> ping.toMillisPart() == 0);
    assertThat(peer.died).isNull();
  }

  @Test
  void aClientThatGivesNoSignOfLifeIsDeadTenSecondsAfterAPing() {
    advanceTo("60s");

    assertThat(peer.pings).containsExactly(Duration.ofSeconds(25));
    assertThat(peer.died).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void anyByteUpToTheDeadlineIsASignOfLife() {
    advanceTo("34.9s");
    liveness.heard();

    advanceTo("50s");

    assertThat(peer.died).isNull();
    assertThat(peer.pings).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(50));
  }

  @Test
  void whatWasHeardBeforeThePingIsNone() {
    advanceTo("24.9s");
    liveness.heard();

    advanceTo("40s");

    assertThat(peer.died).isEqualTo(Duration.ofSeconds(35));
  }

  /** A machine that has vanished while its window was as large as a window can be: our kernel takes whatever is sent. */
  @Test
  void whatASocketWithRoomTakesProvesNothingUpToTheLargestWindow() {
    advanceTo("25s");
    long most = peer.taken + Liveness.MOST_UNREAD_BYTES;
    while (peer.taken < most) {
      peer.taken = Math.min(most, peer.taken + Liveness.MOST_UNREAD_BYTES / 50);
      advance(STEP);
    }

    advanceTo("60s");

    assertThat(Liveness.MOST_UNREAD_BYTES).isGreaterThanOrEqualTo(65_535L << 14);
    assertThat(peer.died).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void whatIsTakenBeyondTheLargestWindowSomebodyHasRead() {
    advanceTo("25s");
    peer.taken += Liveness.MOST_UNREAD_BYTES + 1;

    advanceTo("49s");

    assertThat(peer.died).isNull();
  }

  @Test
  void aWriteThatItsFullSocketHoldsUpAndThatMovesOnIsASignOfLife() {
    peer.isWriting = true;
    advanceTo("30s");
    peer.taken += 1;

    advanceTo("49s");

    assertThat(peer.died).isNull();
  }

  @Test
  void aWriteThatIsHeldUpOnlyAfterThePingIsOneToo() {
    advanceTo("26.2s");
    peer.isWriting = true;
    advanceTo("34.2s");
    peer.taken += 1;

    advanceTo("49s");

    assertThat(peer.died).isNull();
  }

  /** A slow reader whose socket is always full, though no single write waits for long. */
  @Test
  void manyWritesOneAfterTheOtherAreASignOfLifeToo() {
    peer.isWriting = true;
    peer.reads = 16 * 1024;

    advanceTo("100s");

    assertThat(peer.died).isNull();
    assertThat(peer.pings).hasSize(4);
  }

  @Test
  void aWriteThatStandsStillIsNone() {
    advanceTo("24s");
    peer.isWriting = true;
    peer.taken += 500_000;

    advanceTo("60s");

    assertThat(peer.died).isEqualTo(Duration.ofSeconds(35));
  }

  /** It waited for its turn, and not for room. */
  @Test
  void aWriteThatIsSeenOnceIsNone() {
    advanceTo("26.9s");
    peer.isWriting = true;
    advanceTo("27.1s");
    peer.isWriting = false;
    peer.taken += 500_000;

    advanceTo("60s");

    assertThat(peer.died).isEqualTo(Duration.ofSeconds(35));
  }

  @Test
  void aConnectionThatIsEndingIsNotWatched() {
    advanceTo("26s");
    peer.isOpen = false;

    advanceTo("100s");

    assertThat(peer.died).isNull();
    assertThat(peer.pings).hasSize(1);
  }

  private void advanceTo(String seconds) {
    Duration then = Duration.parse("PT" + seconds);
    while (now.compareTo(then) < 0) {
      advance(STEP);
    }
  }

  private void advance(Duration step) {
    now = now.plus(step);
    peer.taken += peer.reads;
    channel.advanceTimeBy(step.toNanos(), TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private final class Peer implements Liveness.Patient {
    private final List<Duration> pings = new ArrayList<>();
    private boolean isOpen = true;
    private boolean answers;
    private boolean isWriting;
    private long taken = 4_711;
    private int reads;
    private @Nullable Duration died;

    @Override
    public boolean isOpen() {
      return isOpen;
    }

    @Override
    public void sendPing() {
      pings.add(now);
      if (answers) {
        liveness.heard();
      }
    }

    @Override
    public boolean isWriting() {
      return isWriting;
    }

    @Override
    public long taken() {
      return taken;
    }

    @Override
    public void dead() {
      died = now;
      isOpen = false;
    }
  }
}
