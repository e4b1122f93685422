package dev.porchlight.live;

import dev.porchlight.Trials;
import dev.porchlight.live.ResumeStep.Broadcast;
import dev.porchlight.live.ResumeStep.Connect;
import dev.porchlight.live.ResumeStep.Filter;
import dev.porchlight.live.ResumeStep.Leave;
import dev.porchlight.live.ResumeStep.Line;
import dev.porchlight.live.ResumeStep.Memory;
import dev.porchlight.live.ResumeStep.MessageType;
import dev.porchlight.live.ResumeStep.Prune;
import dev.porchlight.live.ResumeStep.Read;
import dev.porchlight.live.ResumeStep.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whatever order: a client that is told {@code recovered} gets all that its filter lets through from
 * there on, once and in order; nobody gets a message twice, out of order or unasked; and a client is told that it is not
 * recovered only when something is gone. {@link ResumeClient} checks each message as it comes.
 *
 * <p>Seen to fail for a replay that begins one late, ends one short or ignores the filter; for {@code recovered} with one
 * message gone; for a log that is said to reach one further back; for a gap in what the journal reads; for a subscription
 * that repeats its first message.
 */
class ResumePropertyTest {
  private static final int TRIES = 1_000;
  private static final int MOST_STEPS = 80;

  @Test
  void resumesFromWhatTheChannelRemembers() {
    Trials.run(TRIES, random -> holds(() -> new ResumeWorld(null), steps(random)));
  }

  @Test
  void resumesFromTheJournalBehindTheChannel() {
    Trials.run(TRIES, random -> holds(() -> new ResumeWorld(new MemoryJournal()), steps(random)));
  }

  /** Fails with the fewest steps that still fail, of those that failed. */
  private static void holds(Supplier<ResumeWorld> world, List<ResumeStep> steps) {
    Throwable failure = failure(world.get(), steps);
    if (failure == null) {
      return;
    }
    var fewest = new ArrayList<>(steps);
    for (int i = fewest.size() - 1; i >= 0; i--) {
      ResumeStep left = fewest.remove(i);
      Throwable another = failure(world.get(), fewest);
      if (another == null) {
        fewest.add(i, left);
      } else {
        failure = another;
      }
    }
    throw new AssertionError("after " + fewest, failure);
  }

  private static @Nullable Throwable failure(ResumeWorld world, List<ResumeStep> steps) {
    try {
      steps.forEach(world::happens);
      world.allReadToTheEnd();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }

  private static List<ResumeStep> steps(RandomGenerator random) {
    return Stream.generate(() -> step(random)).limit(random.nextInt(MOST_STEPS + 1)).toList();
  }

  private static ResumeStep step(RandomGenerator random) {
    int kind = random.nextInt(29);
    return kind < 12
        ? new Broadcast(one(random, MessageType.values()), one(random, "cam-1", "cam-2"),
            one(random, 10, 60, 90), one(random, 0, 100, 3_000, 9_000))
        : kind < 18
            ? new Connect(client(random), one(random, Line.values()), one(random, Memory.values()),
                one(random, Filter.values()), random.nextBoolean())
            : kind < 21
                ? new Leave(client(random))
                : kind < 27
                    ? new Read(client(random))
                    : kind < 28
                        ? new Wait(one(random, 1, 40, 70))
                        : new Prune(one(random, 0, 3, 12));
  }

  private static int client(RandomGenerator random) {
    return random.nextInt(3);
  }

  @SafeVarargs
  private static <T> T one(RandomGenerator random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
