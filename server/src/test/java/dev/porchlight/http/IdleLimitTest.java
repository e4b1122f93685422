package dev.porchlight.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** When a connection is ended for doing nothing, by a clock of the test's. */
class IdleLimitTest {
  private static final Duration LIMIT = Duration.ofSeconds(75);
  private static final Duration JUST_LESS = LIMIT.minusSeconds(16);
  private static final Duration JUST_MORE = LIMIT.plusSeconds(16);

  private final Socket socket = new Socket();

  IdleLimitTest() {
    socket.freezeTime();
    socket.pipeline().addLast(new IdleLimit(LIMIT));
  }

  @Test
  void aConnectionThatAsksNothingIsEnded() {
    pass(JUST_LESS);
    assertThat(socket.isOpen()).isTrue();

    pass(JUST_MORE.minus(JUST_LESS));

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void anAnswerMayTakeAnyTime() {
    request();
    end();

    pass(Duration.ofHours(1));
    assertThat(socket.isOpen()).isTrue();

    answer();
    pass(JUST_LESS);
    assertThat(socket.isOpen()).isTrue();
    pass(JUST_MORE);
    assertThat(socket.isOpen()).as("kept for another request").isFalse();
  }

  @Test
  void anInterimAnswerIsNone() {
    request();
    socket.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    end();

    pass(Duration.ofHours(1));

    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aBodyThatStopsOrTricklesIsEndedAndOneThatComesIsNot() {
    request();
    for (int i = 0; i < 10; i++) {
      body(IdleLimit.LEAST_OF_BODY);
      pass(JUST_LESS);
      assertThat(socket.isOpen()).isTrue();
    }

    Duration trickled = Duration.ZERO;
    for (; socket.isOpen(); trickled = trickled.plusSeconds(5)) {
      assertThat(trickled).isLessThan(JUST_MORE);
      body(100);
      pass(Duration.ofSeconds(5));
    }
  }

  @Test
  void aBodyThatTheServerDoesNotReadFromIsNotLate() {
    request();
    socket.config().setAutoRead(false);

    pass(Duration.ofHours(1));

    assertThat(socket.isOpen()).isTrue();
  }

  @Test
  void aClientThatTakesItsAnswerSlowlyIsServedAndOneThatTakesNothingIsEnded() {
    request();
    end();
    socket.room = 0;
    socket.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    ChannelFuture _ = socket.writeAndFlush(Unpooled.wrappedBuffer(new byte[100_000]));
    for (int i = 0; i < 10; i++) {
      socket.take(1);
      pass(JUST_LESS);
      assertThat(socket.isOpen()).isTrue();
    }

    pass(JUST_MORE);

    assertThat(socket.isOpen()).isFalse();
  }

  @Test
  void aConnectionThatHasEndedKeepsNoTimer() {
    ChannelFuture _ = socket.close();

    assertThat(socket.runScheduledPendingTasks()).isEqualTo(-1);
  }

  private void request() {
    socket.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
  }

  private void body(int bytes) {
    socket.writeInbound(new DefaultHttpContent(Unpooled.wrappedBuffer(new byte[bytes])));
  }

  private void end() {
    socket.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void answer() {
    socket.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK),
        LastHttpContent.EMPTY_LAST_CONTENT);
  }

  /** Second by second, as timers are set anew by those that run. */
  private void pass(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      socket.advanceTimeBy(1, TimeUnit.SECONDS);
      socket.runScheduledPendingTasks();
    }
  }

  /** A socket that takes so many bytes and no more. */
  private static final class Socket extends EmbeddedChannel {
    private int room = Integer.MAX_VALUE;

    void take(int bytes) {
      room += bytes;
      flush();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
      if (room == Integer.MAX_VALUE) {
        super.doWrite(out);
      } else {
        // The head of an answer is no bytes here, and is passed over.
        while (out.current() != null && !(out.current() instanceof ByteBuf)) {
          out.remove();
        }
        out.removeBytes(room);
        room = 0;
      }
    }
  }
}
