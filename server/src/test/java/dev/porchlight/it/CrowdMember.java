package dev.porchlight.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of a {@link Crowd}: it reads frames of more than 125 bytes and fewer than 64 KiB whose text has an {@code "id"},
 * and fails unless the ids are 1, 2, 3 and so on. Confined to the thread of its crowd, but for what is volatile.
 */
final class CrowdMember {
  private static final int HEADER = 4;
  /** Enough of a frame to tell a ping, which comes to each client that is there for long enough, from a message. */
  private static final int KIND = 2;
  private static final int PING = 0x89;
  private static final byte[] EMPTY_PONG = {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0};
  /** Enough of a message to hold its id. */
  private static final int BEGINNING = 64;

  private final SocketChannel socket;
  private final byte[] beginning = new byte[HEADER + BEGINNING];
  private int at;
  private int frameBytes = Integer.MAX_VALUE;
  private volatile Conduct conduct = Conduct.READS;
  private final AtomicInteger received = new AtomicInteger();
  private volatile boolean isClosed;

  /** What a client does. */
  enum Conduct {
    READS, STOPPED, DIES_WITHIN_A_FRAME
  }

  private CrowdMember(SocketChannel socket) {
    this.socket = socket;
  }

  static CrowdMember connect(int port) throws IOException {
    // Small, so that a client that stops reading is noticed after little.
    SocketChannel socket = SocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.write(ByteBuffer.wrap(("GET /ws/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII)));
    var head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0 && socket.read(one.clear()) == 1) {
      head.append((char) one.get(0));
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(head);
    }
    socket.configureBlocking(false);
    return new CrowdMember(socket);
  }

  SocketChannel socket() {
    return socket;
  }

  Conduct conduct() {
    return conduct;
  }

  void behave(Conduct how) {
    conduct = how;
  }

  /** How many messages it has received. */
  int received() {
    return received.get();
  }

  /** True when the server, or the client itself, has ended the connection. */
  boolean isClosed() {
    return isClosed;
  }

  void readable(SelectionKey key, ByteBuffer buffer) {
    if (conduct == Conduct.STOPPED) {
      key.interestOps(0);
      return;
    }
    try {
      if (socket.read(buffer.clear()) < 0) {
        throw new IOException("the server has closed");
      }
      take(buffer.flip());
      if (conduct == Conduct.DIES_WITHIN_A_FRAME && at > 0) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        throw new IOException("dead by its own hand");
      }
    } catch (IOException _) {
      close();
    }
  }

  private void close() {
    isClosed = true;
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int end = at < KIND ? KIND : at < beginning.length ? beginning.length : frameBytes;
      int count = Math.min(bytes.remaining(), end - at);
      if (at < beginning.length) {
        bytes.get(beginning, at, count);
      } else {
        bytes.position(bytes.position() + count);
      }
      at += count;
      if (at == KIND && (beginning[0] & 0xFF) == PING) {
        at = 0;
        int _ = socket.write(ByteBuffer.wrap(EMPTY_PONG));
      }
      if (at == beginning.length) {
        begun();
      }
      if (at == frameBytes) {
        at = 0;
        frameBytes = Integer.MAX_VALUE;
        int _ = received.incrementAndGet();
      }
    }
  }

  private void begun() {
    if ((beginning[0] & 0xFF) != 0x81 || beginning[1] != 126) {
      throw new AssertionError("no large text frame: " + beginning[0] + " " + beginning[1]);
    }
    frameBytes = HEADER + (ByteBuffer.wrap(beginning).getShort(2) & 0xFFFF);
    String text = new String(beginning, HEADER, BEGINNING, StandardCharsets.UTF_8);
    String expected = "{\"type\":\"new_event\",\"data\":{\"id\":" + (received.get() + 1) + ",";
    if (!text.startsWith(expected)) {
      throw new AssertionError("expected " + expected + ", got " + text);
    }
  }
}
