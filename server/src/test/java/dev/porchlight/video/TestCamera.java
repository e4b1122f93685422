package dev.porchlight.video;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A camera on a real socket that sends MJPEG over HTTP, as ESP32 boards do, or misbehaves as a test wants. */
public final class TestCamera implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final ServerSocket server;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Behaviour behaviour;

  /** What it does with somebody who has connected and asked. */
  @FunctionalInterface
  interface Behaviour {
    void serve(OutputStream out) throws IOException, InterruptedException;
  }

  private TestCamera() throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.behaviour = this::silent;
    Thread.ofVirtual().name("test-camera").start(this::accept);
  }

  /** A camera that sends these pictures, ten a second, beginning with number 0 for each that connects. */
  public static TestCamera sending(IntFunction<byte[]> jpegs) throws IOException {
    var camera = new TestCamera();
    camera.sends(jpegs);
    return camera;
  }

  /** A camera that accepts connections and says nothing. */
  static TestCamera mute() throws IOException {
    return new TestCamera();
  }

  /** From the next connection on it sends these. */
  void sends(IntFunction<byte[]> jpegs) {
    sends(jpegs, Integer.MAX_VALUE);
  }

  /** From the next connection on it sends so many, and then nothing more, though the connection stays. */
  void sends(IntFunction<byte[]> jpegs, int many) {
    behaviour = out -> {
      out.write(ascii("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"));
      for (int i = 0; i < many; i++) {
        byte[] jpeg = jpegs.apply(i);
        out.write(ascii("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length + "\r\n\r\n"));
        out.write(jpeg);
        out.write(ascii("\r\n"));
        out.flush();
        if (stopped.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      silent(out);
    };
  }

  /** From the next connection on it sends bytes without meaning, and ends. */
  void sendsRubbish() {
    behaviour = out -> {
      var rubbish = new byte[100_000];
      new Random(7).nextBytes(rubbish);
      out.write(ascii("HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"));
      out.write(rubbish);
    };
  }

  /** From the next connection on it answers with this status and nothing else. */
  void answers(String status) {
    behaviour = out -> out.write(ascii("HTTP/1.0 " + status + "\r\nContent-Length: 0\r\n\r\n"));
  }

  /** How many have connected so far. */
  int connections() {
    return connections.get();
  }

  /** Its address; with a login, for those who want to see it hidden. */
  public String address(String login) {
    return "http://" + login + "127.0.0.1:" + server.getLocalPort() + "/stream?token=s3cr3tt0ken";
  }

  @Override
  public void close() throws IOException {
    stopped.countDown();
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void silent(OutputStream out) throws InterruptedException {
    stopped.await();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().name("test-camera-client").start(() -> serve(socket));
      }
    } catch (IOException _) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readRequest(socket.getInputStream());
      connections.incrementAndGet();
      behaviour.serve(socket.getOutputStream());
    } catch (IOException | InterruptedException _) {
      // Whoever watched is gone.
    } finally {
      open.remove(socket);
    }
  }

  private static void readRequest(InputStream in) throws IOException {
    var request = new ByteArrayOutputStream();
    while (!request.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return;
      }
      request.write(next);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
