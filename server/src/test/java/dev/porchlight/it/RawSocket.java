package dev.porchlight.it;

import dev.porchlight.Waits;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A client that can say anything at all. */
public final class RawSocket implements AutoCloseable {
  /** What the key of {@link #sendHandshake} makes of RFC 6455's GUID. */
  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private final Socket socket;
  private final DataInputStream in;

  private RawSocket(int port, int receiveBytes) throws IOException {
    socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    // Each send is a segment of its own, for tests of where the network may split what a client says.
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Waits.LIMIT.toMillis());
    in = new DataInputStream(socket.getInputStream());
  }

  public static RawSocket connect(int port) {
    return connect(port, 0);
  }

  /** One for which the kernel receives about as many bytes, and no more until they are read; 0 for what is usual. */
  public static RawSocket connect(int port, int receiveBytes) {
    try {
      return new RawSocket(port, receiveBytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets each read wait for as long as it takes, where it would fail after a while. */
  void waitAsLongAsItTakes() {
    try {
      socket.setSoTimeout(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks for a WebSocket as a well-behaved client does, with further header lines. The answer's
   * {@code Sec-WebSocket-Accept} must be {@link #ACCEPT}.
   */
  public void sendHandshake(String path, String... headers) {
    var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n"
        + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    send(request.append("\r\n").toString());
  }

  /** Sends text as it is. */
  public void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes as they are. */
  public void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a masked frame: {@code first} holds the final bit, the reserved bits and the opcode. */
  public void sendFrame(int first, byte[] payload) {
    send(frame(first, payload));
  }

  /** A masked frame, to be sent in pieces. */
  public static byte[] frame(int first, byte[] payload) {
    var frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    } else {
      frame.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        frame.write((int) ((long) payload.length >> shift));
      }
    }
    byte[] mask = {0x12, 0x34, 0x56, 0x78};
    frame.writeBytes(mask);
    byte[] masked = payload.clone();
    for (int i = 0; i < masked.length; i++) {
      masked[i] ^= mask[i & 3];
    }
    frame.writeBytes(masked);
    return frame.toByteArray();
  }

  /** The head of an HTTP answer, to its empty line. */
  public String readHead() {
    var head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      return head.toString();
    } catch (EOFException _) {
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes up to this text, which is included. */
  public String readUntil(String text) {
    var read = new StringBuilder();
    try {
      while (read.indexOf(text, read.length() - text.length()) < 0) {
        read.append((char) in.readUnsignedByte());
      }
      return read.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything up to the end of the connection. */
  public byte[] readToEnd() {
    try {
      return in.readAllBytes();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("it does not end", e);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  /** The next frame that the server sends. */
  public Frame readFrame() {
    try {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length > 127) {
        throw new AssertionError("a server must not mask");
      }
      long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] payload = new byte[Math.toIntExact(size)];
      in.readFully(payload);
      return new Frame(first, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads so many bytes, whatever they are. */
  public void skip(int bytes) {
    try {
      in.skipNBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of the close frame that must come next, after which the server must end the connection. */
  public int readClose() {
    Frame frame = readFrame();
    if (frame.first != 0x88) {
      throw new AssertionError("expected a close frame, got " + frame);
    }
    return ((frame.payload[0] & 0xFF) << 8) | (frame.payload[1] & 0xFF);
  }

  /** True when the server ends the connection as it should be, with nothing more said; false when it resets it. */
  public boolean isEndedInOrder() {
    try {
      return in.read() < 0;
    } catch (IOException _) {
      return false;
    }
  }

  /** Ends the connection with a RST, as a machine that lost its memory does. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A frame of the server. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Frame(int first, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return Integer.toHexString(first) + " " + Arrays.toString(payload);
    }
  }
}
