package dev.porchlight.http;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Memory;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Feed;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.JournalFilter;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that was promised what it missed is not left waiting when that cannot be had. Seen to fail for a fault of ours
 * while only failures of the store were caught: the client heard nothing any more, and no log line said why.
 */
class BrokenReplayTest {
  private final Channel channel = new Channel("test", new ChannelConfig(ChannelLimits.DEFAULT, SlowRule.CLOSE, 6),
      new Numbering("e1", 5), Memory.DIRECT, System::nanoTime, EngineListener.NONE);

  @ParameterizedTest
  @EnumSource
  void whatCannotBeReadEndsTheConnectionWith1013(Fault fault) throws IOException {
    Feed feed = Feed.events(channel, new BrokenJournal(fault),
        new ChannelMeters("test", new SimpleMeterRegistry()), Clock.systemUTC());
    try (var server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, "auto"),
        InetAddress.getLoopbackAddress(), Map.of("/ws/test", WebSocketEndpoint.of(feed)), Map.of(),
        new SimpleMeterRegistry()); var socket = RawSocket.connect(server.listen(new Routes()))) {
      socket.sendHandshake("/ws/test?protocol=v1&epoch=e1&since=0");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(socket.readFrame().text()).contains("hello");
      assertThat(socket.readFrame().text()).contains("\"recovered\":true");

      assertThat(socket.readClose()).isEqualTo(1013);
    }
  }

  enum Fault {
    STORE, OURS, MACHINE
  }

  /** Has five messages, and cannot give one out. */
  private record BrokenJournal(Fault fault) implements Journal {
    @Override
    public String epoch() {
      return "e1";
    }

    @Override
    public long first() {
      return 1;
    }

    @Override
    public long head() {
      return 5;
    }

    @Override
    public List<JournalEntry> read(long after, int limit) {
      return read(after, limit, JournalFilter.ALL).entries();
    }

    @Override
    public Stretch read(long after, int limit, JournalFilter filter) {
      throw switch (fault) {
        case STORE -> new StoreException("the disk is gone");
        case OURS -> new IllegalStateException("a fault of ours");
        case MACHINE -> throw new InternalError("no memory");
      };
    }

    @Override
    public long beforeTail(int messages, long bytes, Instant since) {
      return 5;
    }

    @Override
    public long add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
      throw new StoreException("the disk is gone");
    }

    @Override
    public int prune(Instant olderThan, int keep, long upTo) {
      return 0;
    }
  }
}
