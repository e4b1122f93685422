package dev.porchlight.live;

import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.engine.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A past whose every read stops until it is let go on, and then has one message that fills a chunk. Thread-safe. */
public final class BlockedPast implements Past {
  private static final FeedFilter ALL = new FeedFilter(Set.of(), Set.of(), 0);
  private static final String DATA = "\"" + "x".repeat(20_000) + "\"";

  private final boolean canBeInterrupted;
  private final Semaphore letGo = new Semaphore(0);
  private final AtomicInteger reads = new AtomicInteger();

  /** One whose reads end when they are interrupted, or go on until they are let go as those of a disk do. */
  public BlockedPast(boolean canBeInterrupted) {
    this.canBeInterrupted = canBeInterrupted;
  }

  /** What a client of {@code porchlight.v1} is sent that has all up to one number and follows after another. */
  public Opening opening(Subscription subscription, long after, long last) {
    return new Opening(Dialect.V1, subscription, ByteBuffer.allocate(0),
        new Replay(this, Encoding.SEQUENCED, ALL, "e1", after, last));
  }

  /** Lets so many reads go on. */
  public void letGo(int count) {
    letGo.release(count);
  }

  /** How many reads have begun. */
  public int reads() {
    return reads.get();
  }

  @Override
  public long first() {
    return 1;
  }

  @Override
  public Passage after(long after, FeedFilter filter) throws InterruptedException {
    reads.incrementAndGet();
    if (canBeInterrupted) {
      letGo.acquire();
    } else {
      letGo.acquireUninterruptibly();
    }
    var message = new Message(("{\"type\":\"n\",\"data\":" + DATA + "}").getBytes(StandardCharsets.UTF_8),
        Label.of("n"), null);
    return Passage.following(after, List.of(message));
  }
}
