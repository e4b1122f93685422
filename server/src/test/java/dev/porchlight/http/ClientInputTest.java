package dev.porchlight.http;

import dev.porchlight.it.RawSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** When a client is read from, and what becomes of what it said meanwhile. */
class ClientInputTest {
  private final ClientInput input = new ClientInput(new ClientFrames(1024, false, true));
  private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
  private final ChannelHandlerContext handler = channel.pipeline().firstContext();
  private final List<String> heard = new ArrayList<>();

  @Test
  void aFullListenerStopsTheSocketAndLaterHearsTheRestInItsOrder() throws ProtocolViolation {
    var listener = new Full(2);
    ByteBuf first = texts("a", "b", "c");
    ByteBuf second = texts("d", "e");

    input.read(handler, first, listener);
    first.release();
    input.read(handler, second, listener);
    second.release();
    assertThat(heard).containsExactly("a", "b");
    assertThat(channel.config().isAutoRead()).isFalse();

    listener.room = 2;
    input.resume(handler, listener);
    assertThat(heard).containsExactly("a", "b", "c", "d");
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(first.refCnt()).isZero();

    listener.room = 2;
    input.resume(handler, listener);
    assertThat(heard).containsExactly("a", "b", "c", "d", "e");
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(second.refCnt()).isZero();
  }

  /** As happens where a socket takes a reply at once. */
  @Test
  void roomThatIsMadeWhileAMessageIsTakenDisturbsNothing() throws ProtocolViolation {
    var listener = new Full(0);
    ByteBuf bytes = texts("a", "b", "c", "d");
    input.read(handler, bytes, listener);
    bytes.release();

    listener.room = 10;
    listener.resumesAtOnce = true;
    input.resume(handler, listener);

    assertThat(heard).containsExactly("a", "b", "c", "d");
    assertThat(listener.deepest).isEqualTo(1);
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void afterAFaultWhatWaitsIsGivenBackAndTheRestIsThrownAway() throws ProtocolViolation {
    var listener = new Full(0);
    ByteBuf fault = Unpooled.wrappedBuffer(new byte[]{(byte) 0x83, (byte) 0x80});
    ByteBuf more = texts("a");
    input.read(handler, fault, listener);
    fault.release();
    input.read(handler, more, listener);
    more.release();

    listener.room = 10;
    assertThatThrownBy(() -> input.resume(handler, listener)).isInstanceOf(ProtocolViolation.class);

    assertThat(fault.refCnt()).isZero();
    assertThat(more.refCnt()).isZero();
    assertThat(channel.config().isAutoRead()).isTrue();
    ByteBuf late = texts("b");
    input.read(handler, late, listener);
    assertThat(late.refCnt()).isOne();
    assertThat(heard).isEmpty();
    late.release();
  }

  @Test
  void aConnectionThatEndsGivesBackWhatWaits() throws ProtocolViolation {
    ByteBuf bytes = texts("a");
    input.read(handler, bytes, new Full(0));
    bytes.release();

    input.close();

    assertThat(bytes.refCnt()).isZero();
  }

  private static ByteBuf texts(String... texts) {
    ByteBuf bytes = Unpooled.buffer();
    for (String text : texts) {
      bytes.writeBytes(RawSocket.frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
    }
    return bytes;
  }

  /** Has room for so many messages. */
  private final class Full implements ClientFrames.Listener {
    private int room;
    private boolean resumesAtOnce;
    private int depth;
    private int deepest;

    Full(int room) {
      this.room = room;
    }

    @Override
    public void message(boolean isText, byte[] payload) {
      room--;
      depth++;
      deepest = Math.max(deepest, depth);
      heard.add(new String(payload, StandardCharsets.UTF_8));
      if (resumesAtOnce) {
        try {
          input.resume(handler, this);
        } catch (ProtocolViolation e) {
          throw new AssertionError(e);
        }
      }
      depth--;
    }

    @Override
    public boolean isFull() {
      return room == 0;
    }

    @Override
    public void ping(byte[] payload) {
      throw new AssertionError("nobody pings");
    }

    @Override
    public void closed() {
      throw new AssertionError("nobody closes");
    }
  }
}
