package dev.porchlight.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One stay of a follower, from its joining to its leaving or its end. It lives on a loop of its own or is served by whoever
 * publishes, and takes at once or says that it is busy. Confined to one thread, but for what the engine calls.
 */
final class Visit implements Sink {
  private final Channel channel;
  private final Encoding encoding;
  private final boolean isFiltered;
  private final boolean isSlow;
  private final Loop loop;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isWriting = new AtomicBoolean();
  private final AtomicBoolean isWaiting = new AtomicBoolean();
  private final List<String> texts = new ArrayList<>();
  private final Joined joined;
  private volatile boolean isEnded;
  private boolean hasAll;

  Visit(Channel channel, Encoding encoding, boolean isFiltered, long after, RandomGenerator random) {
    this.channel = channel;
    this.encoding = encoding;
    this.isFiltered = isFiltered && encoding.isNumbered();
    this.isSlow = random.nextBoolean();
    this.loop = random.nextBoolean() ? Loop.CALLER : new Tasks(Thread.currentThread());
    this.isWaiting.set(!loop.equals(Loop.CALLER));
    this.joined = channel.join(this,
        new Follow(encoding, this.isFiltered ? Channels.only("a") : null, after));
  }

  boolean wasEnded() {
    return isEnded;
  }

  /** The number of the last message it got, or would have. */
  long position() {
    return joined.subscription().position();
  }

  /** Takes what comes for some steps, and then, when nobody publishes any more, until it has it all. */
  void stay(int steps, BooleanSupplier isOver) {
    for (int i = 0; i < steps && !isEnded && !isOver.getAsBoolean(); i++) {
      step();
      Thread.onSpinWait();
    }
    if (isOver.getAsBoolean()) {
      while (!isEnded && position() < channel.last()) {
        assertThat(Thread.currentThread().isInterrupted()).as("out of time at %s of %s", position(), channel.last())
            .isFalse();
        step();
        Thread.onSpinWait();
      }
      hasAll = !isEnded;
    }
    channel.unsubscribe(this);
  }

  private void step() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    if (isWaiting.compareAndSet(true, false)) {
      joined.subscription().resume();
    }
  }

  /** Adds what it heard to what is known of each number. */
  void tell(Map<Long, Integer> told) {
    List<Long> numbers = numbers();
    for (int i = 0; i < texts.size(); i++) {
      StressMessage.hear(told, numbers.get(i), StressMessage.id(texts.get(i)));
    }
  }

  /** That it heard, from where it joined to its last message, all that it wanted, once and in order. */
  void check(Map<Long, Integer> told) {
    List<Long> numbers = numbers();
    long last = hasAll ? joined.subscription().position() : numbers.isEmpty() ? joined.after() : numbers.getLast();
    assertThat(numbers).isEqualTo(LongStream.rangeClosed(joined.after() + 1, last)
        .filter(seq -> !isFiltered || isWanted(told.get(seq)))
        .boxed()
        .toList());
  }

  private List<Long> numbers() {
    var numbers = new ArrayList<Long>();
    for (String text : texts) {
      numbers.add(encoding.isNumbered() ? StressMessage.seq(text) : joined.after() + 1 + numbers.size());
    }
    return numbers;
  }

  /** What nobody heard of was wanted by nobody. */
  private static boolean isWanted(@Nullable Integer id) {
    return id != null && StressMessage.type(id).equals("a");
  }

  @Override
  public boolean write(Block block, int from, int to) {
    if (!isWriting.compareAndSet(false, true)) {
      throw new AssertionError("two writes at once");
    }
    texts.addAll(ServerFrames.texts(block, from, to));
    isWriting.set(false);
    block.release();
    if (isSlow) {
      isWaiting.set(true);
    }
    return !isSlow;
  }

  @Override
  public void end(CloseReason reason) {
    assertThat(reason).isEqualTo(CloseReason.TOO_SLOW);
    isEnded = true;
  }

  @Override
  public Loop loop() {
    return loop;
  }

  /** A loop whose tasks the follower runs between two steps. */
  private final class Tasks implements Loop {
    private final Thread owner;

    private Tasks(Thread owner) {
      this.owner = owner;
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public boolean isCurrent() {
      return Thread.currentThread() == owner;
    }
  }
}
