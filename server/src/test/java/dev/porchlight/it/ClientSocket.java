package dev.porchlight.it;

import dev.porchlight.Waits;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A WebSocket of a client, read by a thread of its own as fast as it can. Frames that a server of ours must not send end it.
 *
 * <p>The WebSocket of {@code java.net.http} cannot be used, for that of JDK 25 loses bytes. What comes together
 * with the 101 is read in up to three buffers of 16 KiB, which {@code Http1AsyncReceiver.onNext} queues one by one while
 * another thread works on the first. When that thread is done with the handshake before the others are queued,
 * {@code drainLeftOverBytes} misses them and nobody reads the queue again: from byte 16,384 the stream goes on at byte
 * 49,152, in the middle of some frame. A client that resumes gets that much at once, and on a busy machine the selector's
 * thread is interrupted just there: for 1 connection in 30 to a server that says everything in one write, for 1 in 200 to
 * ours. The bytes on the way to them were recorded, and right.
 */
final class ClientSocket {
  private static final Duration PATIENCE_FOR_CLOSE = Duration.ofSeconds(5);
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
  private static final int TEXT = 0x81;
  private static final int CLOSE = 0x88;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int NORMAL = 1000;
  private static final int NO_CODE = 1005;
  private static final int BROKEN = 1006;
  private static final int NOBODY_SAID = -1;

  private final RawSocket socket;
  private final Listener listener;
  private final String subprotocol;
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final ReentrantLock sending = new ReentrantLock();
  private final Thread reader;
  private boolean hasSaidClose;

  /** Hears of what comes, on the thread that reads. */
  interface Listener {
    /** A text message. */
    void text(String text);

    /** What came is no WebSocket, and nothing more will. */
    void violated(Throwable how);
  }

  private ClientSocket(RawSocket socket, String subprotocol, Listener listener) {
    this.socket = socket;
    this.subprotocol = subprotocol;
    this.listener = listener;
    this.reader = Thread.ofVirtual().name("client").unstarted(this::read);
  }

  /** Opens a connection, offering these subprotocols; when this returns the client has its 101. */
  static ClientSocket open(int port, String target, List<String> subprotocols, Listener listener) {
    RawSocket socket = RawSocket.connect(port);
    try {
      socket.sendHandshake(target,
          subprotocols.isEmpty() ? new String[0] : new String[]{SUBPROTOCOL + ": " + String.join(", ", subprotocols)});
      String head = socket.readHead();
      if (!head.startsWith("HTTP/1.1 101 ") || !header(head, "Sec-WebSocket-Accept").equals(RawSocket.ACCEPT)) {
        throw new AssertionError("no WebSocket at " + target + ": " + head);
      }
      socket.waitAsLongAsItTakes();
      var opened = new ClientSocket(socket, header(head, SUBPROTOCOL), listener);
      opened.reader.start();
      return opened;
    } catch (RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  /** The subprotocol that the server selected; empty when none. */
  String subprotocol() {
    return subprotocol;
  }

  /** The code that the server closed with, waiting for it; 1006 when it did not say one. */
  int closeCode() {
    return closeCode.orTimeout(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Sends a text. */
  void send(String text) {
    sending.lock();
    try {
      socket.sendFrame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    } finally {
      sending.unlock();
    }
  }

  /** Breaks the connection without a word. */
  void abort() {
    socket.close();
  }

  /** Says that it closes, unless that has been said, and waits a little for the server to say the same. */
  void close() {
    try {
      sayClose(NORMAL);
      closeCode.completeOnTimeout(NOBODY_SAID, PATIENCE_FOR_CLOSE.toSeconds(), TimeUnit.SECONDS).join();
    } catch (UncheckedIOException _) {
      // The connection is broken, as some tests have it.
    }
    socket.close();
    try {
      if (!reader.join(Waits.LIMIT)) {
        throw new AssertionError("a closed socket is still read from");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    try {
      while (!closeCode.isDone()) {
        take(socket.readFrame());
      }
    } catch (UncheckedIOException _) {
      // The connection ended without a close frame, and the code tells that.
    } catch (AssertionError | RuntimeException e) {
      listener.violated(e);
    }
    closeCode.complete(BROKEN);
  }

  private void take(RawSocket.Frame frame) {
    switch (frame.first()) {
      case TEXT -> listener.text(text(frame.payload()));
      case PING -> answer(frame.payload());
      case CLOSE -> closed(frame.payload());
      default -> throw new AssertionError("a server of ours does not send such a frame: " + frame);
    }
  }

  private static String text(byte[] payload) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("a message is not UTF-8: " + Arrays.toString(payload), e);
    }
  }

  private void answer(byte[] ping) {
    sending.lock();
    try {
      // Nothing may follow a close frame.
      if (!hasSaidClose) {
        socket.sendFrame(PONG, ping);
      }
    } finally {
      sending.unlock();
    }
  }

  private void closed(byte[] payload) {
    int code = payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getChar();
    try {
      sayClose(code == NO_CODE ? NORMAL : code);
    } catch (UncheckedIOException _) {
      // The server need not wait for the answer.
    }
    closeCode.complete(code);
  }

  private void sayClose(int code) {
    sending.lock();
    try {
      if (!hasSaidClose) {
        hasSaidClose = true;
        socket.sendFrame(CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
      }
    } finally {
      sending.unlock();
    }
  }

  private static String header(String head, String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
