package dev.porchlight.live;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import dev.porchlight.live.ResumeStep.Connect;
import dev.porchlight.live.ResumeStep.Line;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that comes and goes, and fails as soon as it is told something that it should not be. */
final class ResumeClient {
  private final ResumeWorld world;
  private @Nullable Stay stay;
  private String epoch = "none0";
  private long last;

  ResumeClient(ResumeWorld world) {
    this.world = world;
  }

  void connect(Connect how) {
    leave();
    stay = new Stay(how);
  }

  void leave() {
    if (stay != null) {
      if (stay.how.line().isNumbered()) {
        epoch = world.epoch();
        last = stay.last();
      }
      world.feed().close(stay);
      stay = null;
    }
  }

  void readUnlessSlow() {
    if (stay != null && !stay.how.isSlow()) {
      readToTheEnd();
    }
  }

  void readSome() {
    if (stay != null) {
      stay.read();
    }
  }

  /** Reads all there is, after which nothing may be missing. */
  void readToTheEnd() {
    Stay here = stay;
    while (here != null && !here.isOver && here.read()) {
      assertThat(here.expected).isLessThanOrEqualTo(world.last() + 1);
    }
    if (here != null && !here.isOver) {
      here.nothingLeftOut(world.last() + 1);
    }
  }

  /** One connection. */
  private final class Stay implements Sink {
    private final Connect how;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Loop loop = new Loop() {
      @Override
      public void execute(Runnable task) {
        tasks.add(task);
      }

      @Override
      public boolean isCurrent() {
        return true;
      }
    };
    private final Opening opening;
    private boolean isReplaying;
    private boolean isOver;
    /** The number of the first message that it has not been told of, nor was denied. */
    private long expected;
    /** The number in the last id of an event stream, which is all that a browser keeps. */
    private long lastId;

    private Stay(Connect how) {
      this.how = how;
      Map<String, List<String>> query = new HashMap<>(how.filter().query());
      long since = since();
      if (since >= 0 && how.line().isNumbered()) {
        query.put("since", List.of(Long.toString(since)));
        query.put("epoch", List.of(how.memory() == ResumeStep.Memory.ANOTHER_EPOCH ? "other0" : epoch));
      }
      FeedRequest request = how.line() == Line.STREAM
          ? world.feed().eventStream(query, null)
          : world.feed().webSocket(query, how.line().isNumbered());
      opening = world.feed().open(this, request, how.line().isDeflated(), "c1");
      isReplaying = opening.replay() != null;
      expected = world.last() + 1;
      List<JsonNode> greeting = ServerText.messages(how.line(), opening.greeting());
      if (!how.line().isNumbered()) {
        assertThat(greeting).isEmpty();
      } else {
        greeted(greeting, query.containsKey("since") ? since : -1);
      }
    }

    private long since() {
      return switch (how.memory()) {
        case NOTHING -> -1;
        case THE_LAST, ANOTHER_EPOCH -> last;
        case ONE_LONG_BEFORE -> Math.max(0, last - 10);
        case ONE_TO_COME -> world.last() + 1;
      };
    }

    private void greeted(List<JsonNode> greeting, long since) {
      JsonNode hello = greeting.getFirst();
      assertThat(hello.get("type").stringValue()).isEqualTo("hello");
      assertThat(hello.get("data").get("epoch").stringValue()).isEqualTo(world.epoch());
      assertThat(hello.get("data").get("seq").longValue()).isEqualTo(world.last());
      assertThat(greeting).hasSize(since < 0 ? 1 : 2);
      if (how.line() == Line.STREAM) {
        lastId = hello.get("seq").longValue();
      }
      if (since < 0) {
        assertThat(lastId).isIn(0L, world.last());
        return;
      }
      assertThat(greeting.getLast().has("seq")).as("a number of resumed").isFalse();
      JsonNode resumed = greeting.getLast().get("data");
      boolean isKnown = how.memory() != ResumeStep.Memory.ANOTHER_EPOCH && epoch.equals(world.epoch());
      assertThat(resumed.get("recovered").booleanValue()).as("recovered since " + since + " of " + world.first() + ".."
          + world.last()).isEqualTo(isKnown && since <= world.last() && world.first() <= since + 1);
      if (resumed.get("recovered").booleanValue()) {
        assertThat(resumed.get("from").longValue()).isEqualTo(since + 1);
        assertThat(resumed.get("to").longValue()).isEqualTo(world.last());
        expected = since + 1;
      }
    }

    /** What it says when it comes back. A browser must never have an id ahead of what it was told. */
    private long last() {
      if (how.line() != Line.STREAM) {
        return expected - 1;
      }
      assertThat(lastId).isLessThan(expected);
      return lastId;
    }

    /** Takes a little; returns false when there was nothing. */
    private boolean read() {
      if (isOver) {
        return false;
      }
      long before = expected;
      boolean wasReplaying = isReplaying;
      if (isReplaying) {
        replay();
      } else {
        opening.subscription().resume();
      }
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      if (!isReplaying && !isOver && how.line().isNumbered()) {
        heartbeat(opening.subscription().position());
      }
      return wasReplaying || expected > before;
    }

    private void replay() {
      Replay replay = opening.replay();
      try {
        ByteBuffer chunk = replay == null ? null : replay.next();
        if (replay == null || chunk == null) {
          isReplaying = false;
        } else {
          told(chunk);
          heartbeat(replay.position());
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } catch (ReplayException e) {
        assertThat(e.reason()).isEqualTo(CloseReason.TOO_SLOW);
        isOver = true;
        world.feed().close(this);
      }
    }

    private void heartbeat(long position) {
      var dialect = how.line() == Line.STREAM ? Dialect.EVENT_STREAM : Dialect.V1;
      ByteBuffer bytes = world.feed().heartbeat(dialect, position);
      JsonNode beat = ServerText.messages(how.line(), bytes).getFirst();
      if (how.line() == Line.STREAM) {
        lastId = beat.get("seq").longValue();
      }
      nothingLeftOut(beat.get("data").get("seq").longValue() + 1);
    }

    private void told(ByteBuffer bytes) {
      for (JsonNode message : ServerText.messages(how.line(), bytes)) {
        long seq = message.get("data").get("id").longValue();
        if (how.line().isNumbered()) {
          assertThat(message.get("seq").longValue()).as("number of message " + seq).isEqualTo(seq);
        }
        assertThat(seq).as("told twice, or out of order").isGreaterThanOrEqualTo(expected);
        nothingLeftOut(seq);
        assertThat(message.get("type").stringValue()).as("type of " + world.said(seq)).isEqualTo(wantedType(seq));
        expected = seq + 1;
        lastId = seq;
      }
    }

    /** That nothing before {@code end} should have been told by now and was not. */
    private void nothingLeftOut(long end) {
      for (; expected < end; expected++) {
        assertThat(wantedType(expected)).as("message " + expected + " was left out").isNull();
      }
    }

    private @Nullable String wantedType(long seq) {
      return world.said(seq).typeFor(how.line().isNumbered(), how.filter());
    }

    @Override
    public boolean write(Block block, int from, int to) {
      assertThat(isReplaying).as("live before the replay is over").isFalse();
      ByteBuffer bytes = ByteBuffer.allocate(to - from);
      bytes.put(0, block.bytes(), from, to - from);
      block.release();
      told(bytes);
      return !how.isSlow();
    }

    @Override
    public void end(CloseReason reason) {
      assertThat(reason).isEqualTo(CloseReason.TOO_SLOW);
      isOver = true;
    }

    @Override
    public Loop loop() {
      return loop;
    }
  }
}
