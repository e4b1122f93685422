package dev.porchlight.live;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection that keeps what it was sent. */
final class RecordingConnection implements Sink {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final List<String> texts = new ArrayList<>();
  private final List<CloseReason> ends = new ArrayList<>();
  private final @Nullable QueuedLoop loop;

  /** A connection that is served by the thread that broadcasts. */
  RecordingConnection() {
    this(null);
  }

  /** A connection on this loop, or, for null, one that is served by the thread that broadcasts. */
  RecordingConnection(@Nullable QueuedLoop loop) {
    this.loop = loop;
  }

  @Override
  public Loop loop() {
    return loop == null ? Loop.CALLER : loop;
  }

  @Override
  public synchronized boolean write(Block block, int from, int to) {
    ByteBuffer frames = block.bytes().duplicate().position(from).limit(to);
    while (frames.hasRemaining()) {
      texts.add(textOf(frames));
    }
    block.release();
    return true;
  }

  @Override
  public synchronized void end(CloseReason reason) {
    ends.add(reason);
  }

  /** What was sent, once its loop has done all it had to do. */
  List<String> texts() {
    if (loop != null) {
      loop.settle();
    }
    synchronized (this) {
      return List.copyOf(texts);
    }
  }

  /** What was sent since this was last asked. */
  synchronized List<String> takeTexts() {
    List<String> taken = List.copyOf(texts);
    texts.clear();
    return taken;
  }

  synchronized List<CloseReason> ends() {
    return List.copyOf(ends);
  }

  /** The only message that was sent. */
  JsonNode message() {
    List<String> all = texts();
    if (all.size() != 1) {
      throw new AssertionError("expected one message, got " + all);
    }
    return JSON.readTree(all.getFirst());
  }

  /** Undoes what RFC 6455, section 5.2, says of a final, unmasked text frame. */
  static String textOf(ByteBuffer frame) {
    if ((frame.get() & 0xFF) != 0x81) {
      throw new AssertionError("not a final text frame");
    }
    int length = frame.get();
    if (length == 126) {
      length = frame.getShort() & 0xFFFF;
    } else if (length == 127) {
      length = Math.toIntExact(frame.getLong());
    }
    var text = new byte[length];
    frame.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
