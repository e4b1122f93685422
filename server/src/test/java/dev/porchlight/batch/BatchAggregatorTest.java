package dev.porchlight.batch;

import dev.porchlight.Waits;
import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.BatchStore;
import dev.porchlight.store.NamingEncoder;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcBatchStore;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.JdbcFrameLedger;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class BatchAggregatorTest {
  private static final Instant T = Instant.parse("2025-12-23T12:00:00Z");
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final List<DetectedObject> PERSON = List.of(new DetectedObject("person", 0.9, new Box(1, 2, 3, 4)));

  private final List<Detection> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicInteger errors = new AtomicInteger();
  /** The monotonic clock, which stands unless a test moves it on. */
  private final AtomicLong nanos = new AtomicLong();
  private final List<Long> urgent = new CopyOnWriteArrayList<>();
  private int frames;

  @TempDir
  private Path folder;
  private DataFolder data;
  private SqliteDatabase database;
  private JdbcFrameLedger ledger;
  private JdbcBatchStore batches;
  private BatchAggregator aggregator;

  @BeforeEach
  void open() {
    data = DataFolder.open(folder.resolve("data"));
    database = SqliteDatabase.open(data, Clock.systemUTC());
    var cameras = new JdbcCameraStore(database);
    cameras.ensure("front", T);
    cameras.ensure("back", T);
    ledger = new JdbcFrameLedger(database, new JdbcJournal(database, new NamingEncoder()), (_, _) -> {});
    batches = new JdbcBatchStore(database);
    aggregator = aggregator();
  }

  @AfterEach
  void close() {
    aggregator.close();
    database.close();
    data.close();
  }

  @Test
  void detectionsCloseInTimeShareABatchAndAFrameBeyondTheIdleTimeEndsIt() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);
    look(T.plusSeconds(10), List.of());
    look(T.plusSeconds(20), PERSON);
    FrameOutcome after = look(T.plusSeconds(60), List.of());

    assertThat(after.state()).isEqualTo(FrameState.DONE);
    await().until(() -> closed.get() == 1);
    assertThat(batches.open()).isEmpty();
    assertThat(batches.unjudged()).containsExactly(new Batch(1, "front", T, T.plusSeconds(20)));
    assertThat(told).extracting(Detection::detectedAt).containsExactly(T, T.plusSeconds(20));
  }

  @Test
  void aBatchEndsWhenItsCameraHasBeenQuietForTheIdleTimeAndNotBefore() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);

    pass(IDLE.minusNanos(1));
    assertThat(closed).hasValue(0);
    pass(Duration.ofNanos(1));

    assertThat(closed).hasValue(1);
    assertThat(batches.open()).isEmpty();
  }

  @Test
  void aBatchStaysOpenWhileAFrameOfItsCameraWaits() throws InterruptedException {
    aggregator.start();
    FrameTask waiting = task(T.plusMillis(50));
    aggregator.expect(waiting);
    look(T, PERSON);

    pass(IDLE.multipliedBy(5));
    assertThat(closed).hasValue(0);
    aggregator.accept(waiting, PERSON);
    waiting.outcome().join();
    pass(IDLE);

    assertThat(closed).hasValue(1);
    assertThat(batches.unjudged()).containsExactly(new Batch(1, "front", T, T.plusMillis(50)));
  }

  @Test
  void aFrameThatEndsWithoutBeingLookedAtLetsItsCameraBeQuiet() throws InterruptedException {
    aggregator.start();
    FrameTask rejected = task(T.plusSeconds(1));
    aggregator.expect(rejected);
    look(T, PERSON);

    rejected.outcome().complete(new FrameOutcome(FrameState.REJECTED, "no picture", List.of()));
    pass(IDLE);

    assertThat(closed).hasValue(1);
  }

  @Test
  void aPictureThatNobodyNeedLookAtEndsABatchAsAnEmptyOneDoes() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);
    aggregator.passed("front", T.plusSeconds(20));
    aggregator.passed("back", T.plusSeconds(60));
    look(T.plusSeconds(25), PERSON);

    aggregator.passed("front", T.plusSeconds(60));

    await().until(() -> closed.get() == 1);
    assertThat(batches.unjudged()).containsExactly(new Batch(1, "front", T, T.plusSeconds(25)));
    assertThat(batches.open()).isEmpty();
    look(T.plusSeconds(61), PERSON);
    assertThat(batches.open()).containsExactly(new Batch(2, "front", T.plusSeconds(61), T.plusSeconds(61)));
  }

  /** Fails when {@code pass} does not ask whether something waits: the frame would open a second batch. */
  @Test
  void itEndsNothingWhileOlderFramesOfItsCameraWait() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);
    FrameTask waiting = task(T.plusSeconds(20));
    aggregator.expect(waiting);
    aggregator.passed("front", T.plusSeconds(40));
    aggregator.accept(waiting, PERSON);
    waiting.outcome().join();

    assertThat(batches.open()).containsExactly(new Batch(1, "front", T, T.plusSeconds(20)));
    assertThat(closed).hasValue(0);
  }

  @Test
  void aFrameThatComesFarTooLateIsABatchOfItsOwnAndLeavesTheOpenOneAlone() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);
    look(T.minusSeconds(3600), List.of());
    look(T.minusSeconds(3600), PERSON);
    look(T.plusSeconds(5), PERSON);
    look(T.minusSeconds(5), PERSON);

    await().until(() -> closed.get() == 1);
    assertThat(batches.unjudged()).containsExactly(
        new Batch(2, "front", T.minusSeconds(3600), T.minusSeconds(3600)));
    assertThat(batches.open()).containsExactly(new Batch(1, "front", T.minusSeconds(5), T.plusSeconds(5)));
  }

  @Test
  void aFrameThatTheStoreRefusesHoldsUpNobody() throws InterruptedException {
    aggregator.start();
    FrameTask twice = task(T);
    aggregator.expect(twice);
    aggregator.accept(twice, PERSON);
    twice.outcome().join();
    FrameTask again = new FrameTask(twice.frame());
    aggregator.accept(again, PERSON);

    assertThat(again.outcome()).failsWithin(Waits.LIMIT);
    assertThat(look(T.plusSeconds(1), PERSON).state()).isEqualTo(FrameState.DONE);
    assertThat(batches.open()).containsExactly(new Batch(1, "front", T, T.plusSeconds(1)));
  }

  @Test
  void anOpenBatchIsTakenUpAgainAfterARestart() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);
    aggregator.close();

    aggregator = aggregator();
    aggregator.start();
    look(T.plusSeconds(5), PERSON);

    assertThat(batches.open()).containsExactly(new Batch(1, "front", T, T.plusSeconds(5)));
  }

  @Test
  void aPersonSeenClearlyIsUrgentOnceForEachBatch() throws InterruptedException {
    aggregator.start();
    look(T, PERSON);
    look(T.plusSeconds(1), List.of(new DetectedObject("dog", 0.99, new Box(1, 2, 3, 4))));
    assertThat(urgent).isEmpty();

    List<DetectedObject> clear = List.of(new DetectedObject("person", 0.95, new Box(1, 2, 3, 4)));
    look(T.plusSeconds(2), clear);
    look(T.plusSeconds(3), clear);
    await().until(() -> urgent.equals(List.of(1L)));

    look(T.plusSeconds(60), clear);
    await().until(() -> urgent.equals(List.of(1L, 2L)));
  }

  /** The first ends a frame, the second comes while what is left of that is cleared up. */
  @Test
  void twoErrorsInARowAreNotTheEndOfTheThread() throws InterruptedException {
    aggregator.start();
    errors.set(2);
    FrameTask lost = task(T);
    aggregator.expect(lost);
    aggregator.accept(lost, PERSON);
    await().until(() -> errors.get() == 0);

    assertThat(look(T.plusSeconds(10), PERSON).state()).isEqualTo(FrameState.DONE);
    await().until(() -> aggregator.taskState().status() == Status.OK);
  }

  /** Batches whose list of open ones cannot be read while there is no memory. */
  private BatchStore forgetful() {
    return new BatchStore() {
      @Override
      public List<Batch> open() {
        throwIfTold();
        return batches.open();
      }

      @Override
      public void close(long batchId) {
        batches.close(batchId);
      }

      @Override
      public List<Batch> unjudged() {
        return batches.unjudged();
      }

      @Override
      public Optional<Batch> find(long batchId) {
        return batches.find(batchId);
      }

      @Override
      public List<Detection> detections(long batchId) {
        return batches.detections(batchId);
      }
    };
  }

  private void throwIfTold() {
    if (errors.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
  }

  private void tell(Detection detection) {
    throwIfTold();
    told.add(detection);
  }

  private BatchAggregator aggregator() {
    return new BatchAggregator(new BatchConfig(Duration.ofSeconds(90), IDLE, 0.95), ledger, forgetful(), nanos::get,
        this::tell, closed::incrementAndGet, urgent::add);
  }

  /** Moves the clock on, and returns when the aggregator has looked at it: between two frames of another camera. */
  private void pass(Duration time) throws InterruptedException {
    nanos.addAndGet(time.toNanos());
    look("back", T, List.of());
    look("back", T, List.of());
  }

  /** Lets a frame of this time through and returns how it ended. */
  private FrameOutcome look(Instant time, List<DetectedObject> objects) throws InterruptedException {
    return look("front", time, objects);
  }

  private FrameOutcome look(String camera, Instant time, List<DetectedObject> objects) throws InterruptedException {
    FrameTask task = task(camera, time);
    aggregator.expect(task);
    aggregator.accept(task, objects);
    return task.outcome().join();
  }

  private FrameTask task(Instant time) {
    return task("front", time);
  }

  private FrameTask task(String camera, Instant time) {
    frames++;
    Frame frame = ledger.take(new Arrival(camera, FrameSource.FOLDER, folder.resolve(frames + ".jpg"), 1, T,
        "%064x".formatted(frames), time, T));
    return new FrameTask(Objects.requireNonNull(frame));
  }
}
