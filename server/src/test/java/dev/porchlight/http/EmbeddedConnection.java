package dev.porchlight.http;

import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A WebSocket of the product without a network, with the times of the product and a clock that stands still unless it is moved. */
final class EmbeddedConnection {
  private static final Duration STEP = Duration.ofMillis(50);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final WebSocketConnection connection;

  EmbeddedConnection() {
    channel.freezeTime();
    Feed feed = Feed.events(Examples.channel(SlowRule.CLOSE), null,
        new ChannelMeters("test", new SimpleMeterRegistry()), Clock.systemUTC());
    connection = new WebSocketConnection(1, "/ws/test", channel.eventLoop(), new Loops("nio").of(channel.eventLoop()),
        WebSocketTimes.STANDARD, WebSocketEndpoint.of(feed), false, 0, _ -> {});
    channel.pipeline().addLast(connection);
    connection.open(channel.pipeline().context(connection), null);
  }

  WebSocketConnection connection() {
    return connection;
  }

  /** False once the server has closed TCP. */
  boolean isOpen() {
    return channel.isOpen();
  }

  /** From here on memory comes from somewhere else. */
  void allocateFrom(ByteBufAllocator allocator) {
    channel.config().setAllocator(allocator);
  }

  /** Moves the clock. */
  void advance(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
      channel.advanceTimeBy(Math.min(STEP.toNanos(), left.toNanos()), TimeUnit.NANOSECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  /** The client sends a frame. */
  void receive(int first, byte... payload) {
    receiveBytes(RawSocket.frame(first, payload));
  }

  /** The client sends bytes. */
  void receiveBytes(byte... bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  /** The frames that were sent since this was last asked, as in {@code 89} or {@code 88 4000 no sign of life}. */
  List<String> sent() {
    ByteBuf all = Unpooled.buffer();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      all.writeBytes(bytes);
      bytes.release();
    }
    List<String> frames = new ArrayList<>();
    while (all.isReadable()) {
      int first = all.readUnsignedByte();
      int length = all.readUnsignedByte();
      String code = first == 0x88 ? " " + all.readUnsignedShort() + " " : "";
      int text = first == 0x88 ? length - 2 : length;
      frames.add(Integer.toHexString(first) + code + all.readCharSequence(text, StandardCharsets.UTF_8));
    }
    return frames;
  }
}
