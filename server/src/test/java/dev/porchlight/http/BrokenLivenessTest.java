package dev.porchlight.http;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A timer that throws does not come again: a client that could then never be found dead is taken for dead. */
class BrokenLivenessTest {
  @Test
  void aClientThatCannotBePingedCountsAsDead() {
    var channel = new EmbeddedChannel();
    var patient = new OutOfMemory();
    channel.freezeTime();

    new Liveness(WebSocketTimes.STANDARD, channel.eventLoop(), patient).start();
    channel.advanceTimeBy(25, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();

    assertThat(patient.isDead).isTrue();
    boolean _ = channel.finishAndReleaseAll();
  }

  /** A connection for whose ping there is no memory. */
  private static final class OutOfMemory implements Liveness.Patient {
    private boolean isDead;

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void sendPing() {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }

    @Override
    public boolean isWriting() {
      return false;
    }

    @Override
    public long taken() {
      return 0;
    }

    @Override
    public void dead() {
      isDead = true;
    }
  }
}
