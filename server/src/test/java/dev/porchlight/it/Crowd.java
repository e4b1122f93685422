package dev.porchlight.it;

import dev.porchlight.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Many clients on one thread, so that a thousand cost no more than their sockets. */
final class Crowd implements AutoCloseable {
  private final Selector selector;
  private final List<CrowdMember> members = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
  private final Thread thread = Thread.ofPlatform().name("crowd").unstarted(this::run);
  private volatile boolean isStopped;
  private volatile @Nullable Throwable failure;

  private Crowd() throws IOException {
    this.selector = Selector.open();
  }

  /** Connects this many clients of {@code /ws/events}, each of which has its 101 when this returns. */
  static Crowd connect(int port, int count) {
    try {
      var crowd = new Crowd();
      for (int i = 0; i < count; i++) {
        var member = CrowdMember.connect(port);
        crowd.members.add(member);
        member.socket().register(crowd.selector, SelectionKey.OP_READ, member);
      }
      crowd.thread.start();
      return crowd;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<CrowdMember> members() {
    return members;
  }

  /** How many of them are so; fails when one was sent something that it should not have been. */
  long count(Predicate<CrowdMember> condition) {
    Throwable cause = failure;
    if (cause != null) {
      throw new AssertionError("a client of the crowd failed", cause);
    }
    return members.stream().filter(condition).count();
  }

  @Override
  public void close() {
    isStopped = true;
    selector.wakeup();
    try {
      thread.join(Waits.LIMIT);
      for (CrowdMember member : members) {
        member.socket().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void run() {
    try {
      while (!isStopped) {
        int _ = selector.select(key -> ((CrowdMember) key.attachment()).readable(key, buffer));
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      failure = e;
    }
  }
}
