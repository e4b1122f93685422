package dev.porchlight.it;

import dev.porchlight.Waits;
import dev.porchlight.WireSchemas;
import dev.porchlight.WireSchemas.Dialect;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of a channel: a real socket, with what it has received. Each message is held against {@code docs/asyncapi.yaml};
 * one that is not as promised there, or a frame that is none, fails the next call that asks for something, and
 * {@link #close}. Not the WebSocket of the JDK: {@link ClientSocket} says why.
 */
public final class Client implements AutoCloseable {
  public static final JsonMapper JSON = JsonMapper.builder().build();

  private static final WireSchemas SCHEMAS = WireSchemas.load();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final AtomicReference<@Nullable Throwable> violation = new AtomicReference<>();
  private final String path;
  private final Dialect dialect;
  private final ClientSocket socket;

  private Client(int port, String target, List<String> subprotocols) {
    this.path = URI.create(target).getPath();
    this.dialect = subprotocols.contains("porchlight.v1") ? Dialect.V1 : Dialect.ofWebSocket(target);
    this.socket = ClientSocket.open(port, target, subprotocols, new Messages());
  }

  /** Opens a connection, offering these subprotocols; when this returns the client has its 101. */
  public static Client open(int port, String path, String... subprotocols) {
    return new Client(port, path, List.of(subprotocols));
  }

  /** The subprotocol that the server selected; empty when none. */
  public String subprotocol() {
    return socket.subprotocol();
  }

  /** The next message as text, waiting for it. */
  public String nextText() {
    try {
      String text = received.poll(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS);
      requireNoViolation();
      if (text == null) {
        throw new AssertionError("no message within " + Waits.LIMIT);
      }
      return text;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next message, waiting for it. */
  public JsonNode next() {
    return JSON.readTree(nextText());
  }

  /** The data of the next message of this type; others are skipped. */
  public JsonNode next(String type) {
    JsonNode message = next();
    while (!message.get("type").stringValue().equals(type)) {
      message = next();
    }
    return message.get("data");
  }

  /** Closes the connection in order, and returns each message that came before the server's answer to that. */
  public List<String> rest() {
    close();
    return List.copyOf(received);
  }

  /** The code that the server closed with, waiting for it. */
  public int closeCode() {
    return socket.closeCode();
  }

  /** Sends a text. */
  public void send(String text) {
    socket.send(text);
  }

  /** Breaks the connection without a word. */
  public void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.close();
    requireNoViolation();
  }

  /** When a field of a message says that something was. */
  public static Instant time(JsonNode data, String field) {
    return Instant.parse(data.get(field).stringValue());
  }

  private void requireNoViolation() {
    Throwable found = violation.get();
    if (found != null) {
      throw new AssertionError(found.getMessage(), found);
    }
  }

  /** Keeps the messages that come, and the first violation. */
  private final class Messages implements ClientSocket.Listener {
    @Override
    public void text(String message) {
      try {
        SCHEMAS.check(path, dialect, message);
      } catch (AssertionError | RuntimeException e) {
        violated(e);
      }
      received.add(message);
    }

    @Override
    public void violated(Throwable how) {
      violation.compareAndSet(null, how);
    }
  }
}
