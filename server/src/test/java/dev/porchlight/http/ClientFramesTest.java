package dev.porchlight.http;

import com.sun.management.ThreadMXBean;
import dev.porchlight.Trials;
import dev.porchlight.it.Deflated;
import dev.porchlight.it.RawSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The codec alone, without a socket. */
class ClientFramesTest {
  private static final int LIMIT = 256 * 1024;
  private static final int COMPRESSED = 0x40;
  private static final int FINAL = 0x80;

  /** A message, or a ping that stands where it was sent. */
  private record Said(boolean isPing, boolean isText, String hex) {
    static Said of(boolean isPing, boolean isText, byte[] payload) {
      return new Said(isPing, isText, HexFormat.of().formatHex(payload));
    }
  }

  @Test
  void whatIsSaidBackIsWhatWasSaidHoweverItIsSplit() {
    Trials.run(300, random -> isSaidBack(random, random.nextInt(10)));
  }

  private static void isSaidBack(RandomGenerator random, int level) throws ProtocolViolation {
    var wire = new ByteArrayOutputStream();
    List<Said> said = say(random, wire);

    var echo = new Echo(random, level);
    var frames = new ClientFrames(LIMIT, true, true);
    ByteBuf bytes = Unpooled.wrappedBuffer(wire.toByteArray());
    while (bytes.isReadable()) {
      ByteBuf segment = bytes.readSlice(Math.min(bytes.readableBytes(), 1 + random.nextInt(1 << random.nextInt(17))));
      read(frames, segment, echo);
    }

    assertThat(echo.heard()).isEqualTo(said);
  }

  @Test
  void aBombIsGivenUpAtTheLimitWhateverItWouldHaveInflatedTo() {
    byte[] bomb = Deflated.zeros(64);
    var frames = new ClientFrames(64 * 1024, true, false);
    ByteBuf wire = Unpooled.wrappedBuffer(RawSocket.frame(FINAL | COMPRESSED | 2, bomb));
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> read(frames, wire, new Echo(new Random(1), 0))).isInstanceOfSatisfying(
        ProtocolViolation.class, violation -> assertThat(violation.reason().code()).isEqualTo(1009));

    assertThat(bomb).hasSizeLessThan(72 * 1024);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1024 * 1024);
  }

  @Test
  void ofMessagesThatNobodyHearsNothingIsKept() throws ProtocolViolation {
    var frames = new ClientFrames(LIMIT, true, false);
    ByteBuf wire = Unpooled.wrappedBuffer(RawSocket.frame(FINAL | 2, new byte[LIMIT]));
    var echo = new Echo(new Random(1), 0);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    while (wire.isReadable()) {
      read(frames, wire.readSlice(Math.min(100, wire.readableBytes())), echo);
    }

    // Each piece is unmasked in an array of its own, and no more.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 * LIMIT);
    assertThat(echo.heard()).isEmpty();
  }

  private static void read(ClientFrames frames, ByteBuf segment, Echo echo) throws ProtocolViolation {
    while (segment.isReadable()) {
      frames.read(segment, echo);
    }
  }

  /** Writes a random conversation to {@code wire}, and returns it. */
  private static List<Said> say(RandomGenerator random, ByteArrayOutputStream wire) {
    var said = new ArrayList<Said>();
    int messages = 1 + random.nextInt(8);
    for (int i = 0; i < messages; i++) {
      boolean isText = random.nextBoolean();
      byte[] payload = payload(random, isText);
      boolean isCompressed = random.nextBoolean();
      byte[] sent = isCompressed ? Deflated.message(payload, random.nextInt(10)) : payload;
      int fragments = 1 + random.nextInt(6);
      int from = 0;
      for (int fragment = 1; fragment <= fragments; fragment++) {
        int to = fragment == fragments ? sent.length : from + random.nextInt(sent.length - from + 1);
        int first = (fragment == fragments ? FINAL : 0)
            | (fragment == 1 ? (isText ? 1 : 2) | (isCompressed ? COMPRESSED : 0) : 0);
        if (random.nextInt(4) == 0) {
          var ping = new byte[random.nextInt(126)];
          random.nextBytes(ping);
          wire.writeBytes(RawSocket.frame(0x89, ping));
          said.add(Said.of(true, false, ping));
        }
        wire.writeBytes(RawSocket.frame(first, Arrays.copyOfRange(sent, from, to)));
        from = to;
      }
      said.add(Said.of(false, isText, payload));
    }
    return said;
  }

  private static byte[] payload(RandomGenerator random, boolean isText) {
    int size = random.nextInt(1 << random.nextInt(17));
    if (isText) {
      return random.ints(size / 4, 0, 0x11_0000)
          .map(point -> point >= 0xD800 && point < 0xE000 ? 'x' : random.nextBoolean() ? point & 0x7F : point)
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    }
    var payload = new byte[size];
    if (random.nextBoolean()) {
      random.nextBytes(payload);
    }
    return payload;
  }

  /** Says everything back as the server would, and is full now and then. */
  private static final class Echo implements ClientFrames.Listener {
    private final RandomGenerator random;
    private final int level;
    private final List<Said> heard = new ArrayList<>();

    Echo(RandomGenerator random, int level) {
      this.random = random;
      this.level = level;
    }

    List<Said> heard() {
      return heard;
    }

    @Override
    public void ping(byte[] payload) {
      heard.add(Said.of(true, false, payload));
    }

    @Override
    public void message(boolean isText, byte[] payload) {
      ByteBuf frame = ReplyFrame.of(isText, payload, level);
      int first = frame.readUnsignedByte();
      int length = frame.readUnsignedByte();
      long size = length == 126 ? frame.readUnsignedShort() : length == 127 ? frame.readLong() : length;
      assertThat(size).isEqualTo(frame.readableBytes());
      var sent = new byte[frame.readableBytes()];
      frame.readBytes(sent);
      boolean isCompressed = (first & COMPRESSED) != 0;
      assertThat(isCompressed).isEqualTo(level > 0 && payload.length >= 100);
      heard.add(Said.of(false, (first & 0x0F) == 1, isCompressed ? Deflated.inflate(sent) : sent));
    }

    @Override
    public void closed() {
      throw new AssertionError("nobody closed");
    }

    @Override
    public boolean isFull() {
      return random.nextInt(5) == 0;
    }
  }
}
