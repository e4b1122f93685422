package dev.porchlight.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real threads on a channel that remembers so little that it forgets all the time, in a memory that spoils what is given
 * back: publishers, followers of all encodings that come, resume and go, readers, and a clock that jumps.
 *
 * <p>Seen to fail for a segment that is published before its bytes are there, a read without a hold, two threads that serve
 * at once, a segment that is let go too early, a run that ignores its filter, and a cursor that stays where it was.
 */
class ChannelStressTest {
  private static final int PUBLISHERS = 2;
  private static final int FOLLOWERS = 3;
  private static final int MESSAGES = 6_000;
  private static final int LARGEST = 20_000;
  private static final List<Encoding> ENCODINGS = List.of(Encoding.PLAIN, Encoding.SEQUENCED, Encoding.DEFLATED,
      Encoding.SEQUENCED_DEFLATED);

  private final Channels channels = new Channels();
  private final Channel channel = channels.channel(new ChannelLimits(12, 40_000, Duration.ofMinutes(1)),
      SlowRule.CLOSE);
  private final AtomicInteger publishing = new AtomicInteger(PUBLISHERS);
  private final AtomicLong published = new AtomicLong();
  private volatile boolean somebodyWasEnded;
  private volatile boolean somebodyWasNot;
  private volatile boolean hasFailed;
  /** What each number was said to mean, by whoever heard of it first. */
  private final Map<Long, Integer> told = new ConcurrentHashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyFollowerHearsTheSameOnceAndInOrderOrIsEnded(long seed) throws Exception {
    var work = new ArrayList<Callable<List<Visit>>>();
    for (int i = 0; i < PUBLISHERS; i++) {
      int publisher = i;
      work.add(() -> publish(publisher, random(seed, publisher)));
    }
    for (int i = 0; i < FOLLOWERS; i++) {
      int follower = i;
      work.add(() -> follow(random(seed, -1 - follower)));
    }
    work.add(() -> readBack(random(seed, -100)));
    work.add(() -> tidy(random(seed, -200)));

    List<Visit> visits = run(work);

    assertThat(visits).anyMatch(Visit::wasEnded).anyMatch(visit -> !visit.wasEnded());
    visits.forEach(visit -> visit.tell(told));
    visits.forEach(visit -> visit.check(told));
    inOrderOfEachPublisher();
    assertThat(channel.last()).isEqualTo(published.get());
    nobodyIsLeft();
  }

  /** Goes on until followers of both kinds have come by, however seldom a busy machine lets them. */
  private List<Visit> publish(int publisher, RandomGenerator random) {
    try {
      for (int i = 0; i < MESSAGES || !(somebodyWasEnded && somebodyWasNot); i++) {
        goOn();
        int size = random.nextInt(50) == 0 ? random.nextInt(LARGEST) : random.nextInt(300);
        int _ = channel.publish(StressMessage.of(i * PUBLISHERS + publisher, size));
        published.incrementAndGet();
      }
    } finally {
      publishing.decrementAndGet();
    }
    return List.of();
  }

  private List<Visit> follow(RandomGenerator random) {
    var visits = new ArrayList<Visit>();
    long after = Follow.LIVE;
    while (publishing.get() > 0) {
      Encoding encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
      var visit = new Visit(channel, encoding, random.nextBoolean(), after, random);
      visit.stay(random.nextInt(400), () -> publishing.get() == 0);
      after = random.nextBoolean() ? visit.position() : Follow.LIVE;
      somebodyWasEnded |= visit.wasEnded();
      somebodyWasNot |= !visit.wasEnded();
      visits.add(visit);
    }
    return visits;
  }

  private List<Visit> readBack(RandomGenerator random) {
    while (publishing.get() > 0) {
      long after = channel.first() - 2 + random.nextInt(8);
      List<Message> messages = after < 0 ? null : channel.read(after, 1 + random.nextInt(8));
      if (messages != null) {
        for (Message message : messages) {
          StressMessage.hear(told, ++after, StressMessage.id(message.text()));
        }
      }
    }
    return List.of();
  }

  private List<Visit> tidy(RandomGenerator random) {
    while (publishing.get() > 0) {
      if (random.nextInt(1_000) == 0) {
        channels.nanos.addAndGet(Duration.ofSeconds(61).toNanos());
      }
      channel.tidy();
      Thread.onSpinWait();
    }
    return List.of();
  }

  private void inOrderOfEachPublisher() {
    int[] next = new int[PUBLISHERS];
    new TreeMap<>(told).forEach((seq, id) -> {
      int publisher = id % PUBLISHERS;
      assertThat(id).as("message " + seq).isGreaterThanOrEqualTo(next[publisher]);
      next[publisher] = id + 1;
    });
  }

  private void nobodyIsLeft() {
    assertThat(channel.sinks()).isEmpty();
    assertThat(channel.publish(StressMessage.of(0, 10))).isZero();
    assertThat(channel.state().logs()).allMatch(log -> log.followers() == 0);
    channels.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    channel.tidy();
    assertThat(channels.memory.blocks()).as("blocks held").isEqualTo(1);
  }

  private static RandomGenerator random(long seed, int worker) {
    return new SplittableRandom(seed * 1_000_003 + worker);
  }

  private List<Visit> run(List<Callable<List<Visit>>> work) throws InterruptedException, ExecutionException {
    var visits = new ArrayList<Visit>();
    try (var threads = Executors.newCachedThreadPool()) {
      var running = new ArrayList<Future<List<Visit>>>();
      for (Callable<List<Visit>> each : work) {
        running.add(threads.submit(() -> unlessItFails(each)));
      }
      try {
        for (Future<List<Visit>> each : running) {
          visits.addAll(each.get());
        }
      } finally {
        threads.shutdownNow();
      }
    }
    return visits;
  }

  private List<Visit> unlessItFails(Callable<List<Visit>> work) throws Exception {
    try {
      return work.call();
    } catch (Exception | AssertionError e) {
      hasFailed = true;
      throw e;
    }
  }

  /** Nobody waits for a worker that has failed, or in a test that has run out of time. */
  private void goOn() {
    if (hasFailed || Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("another has failed");
    }
  }
}
