package dev.porchlight.batch;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.pipeline.FrameSink;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.BatchStore;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.FrameLedger.Completion;
import dev.porchlight.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins detections to batches. One transaction marks a frame done, stores its detections and joins them to their batch;
 * then the detections are told, then the batch that was closed. All of it happens on one thread, in the order in which
 * frames come, so it needs no lock; frames wait in a bounded mailbox. A batch also ends when its camera has been quiet
 * for {@code batch.idle}, by the monotonic clock, to the moment. {@link #accept}, {@link #expect} and {@link #passed} are thread-safe.
 */
public final class BatchAggregator implements FrameSink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BatchAggregator.class);
  private static final int MOST_WAITING = 64;
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final BatchConfig config;
  private final FrameLedger ledger;
  private final BatchStore batches;
  private final LongSupplier nanoTime;
  private final Consumer<Detection> detected;
  private final Runnable batchClosed;
  private final LongConsumer urgent;
  private final Activity activity;
  private final Mailbox<News> mailbox;
  private final Map<String, OpenBatch> open = new HashMap<>();
  /** The last batch of each camera that was told to be urgent. */
  private final Map<String, Long> hurried = new HashMap<>();
  private final TaskGuard guard = new TaskGuard("batch");
  private final Thread thread = Thread.ofVirtual()
      .name("batch")
      .unstarted(() -> guard.loop(this::isStopping, this::takeNext));
  /** What is tried again because the store did not work; confined to the thread. */
  private @Nullable News pending;
  private volatile boolean stopping;
  private volatile boolean failing;

  /**
   * Makes an aggregator that does not run yet.
   *
   * @param nanoTime    a monotonic clock in nanoseconds
   * @param detected    hears of each detection once it is stored
   * @param batchClosed hears when a batch has been closed, and is waiting to be judged
   * @param urgent      hears, once for each, of open batches that should be judged before their end
   */
  public BatchAggregator(BatchConfig config, FrameLedger ledger, BatchStore batches, LongSupplier nanoTime,
      Consumer<Detection> detected, Runnable batchClosed, LongConsumer urgent) {
    this.config = config;
    this.ledger = ledger;
    this.batches = batches;
    this.nanoTime = nanoTime;
    this.detected = detected;
    this.batchClosed = batchClosed;
    this.urgent = urgent;
    this.activity = new Activity(nanoTime);
    this.mailbox = new Mailbox<>(MOST_WAITING, nanoTime);
  }

  /** Takes up the batches that an earlier process left open, and starts. */
  public void start() {
    takeUpOpenBatches();
    thread.start();
  }

  /** A frame has come in and waits: its camera is not quiet until the outcome is known. */
  public void expect(FrameTask task) {
    String cameraId = task.frame().cameraId();
    activity.arrived(cameraId);
    var _ = task.outcome().whenComplete((_, _) -> {
      activity.settled(cameraId);
      mailbox.wake();
    });
  }

  @Override
  public void accept(FrameTask task, List<DetectedObject> objects) throws InterruptedException {
    mailbox.put(new Looked(task, List.copyOf(objects)));
  }

  /**
   * A picture has come that nobody need look at, since nothing moves in it. As one in which nothing was found it may show
   * that a batch is over; when too much waits it is forgotten, since another will come. Does not block.
   *
   * @param capturedAt the picture's time
   */
  public void passed(String cameraId, Instant capturedAt) {
    var _ = mailbox.offer(new Passed(cameraId, capturedAt));
  }

  /** False while what comes in cannot be stored. */
  public boolean isHealthy() {
    return !failing;
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return guard.state();
  }

  /** Finishes the frame it is at. What waits in the mailbox waits in the ledger too. */
  @Override
  public void close() {
    stopping = true;
    mailbox.wake();
    try {
      if (thread.isAlive() && !thread.join(STOP)) {
        log.warn("the batch thread did not stop within {} s", STOP.toSeconds());
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return stopping;
  }

  private void takeNext() throws InterruptedException {
    try {
      pending = pending == null ? mailbox.take(closeQuiet()) : pending;
      switch (pending) {
        case Looked looked -> store(looked);
        case Passed passed -> pass(passed);
        case null -> {
          // It was only to look at its clock.
        }
      }
      pending = null;
      failing = false;
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      if (e instanceof StoreException failure && !failure.isRefusal()) {
        failing = true;
        log.error("could not store, trying again in {} s: {}", RETRY.toSeconds(), e.getMessage());
        LockSupport.parkNanos(RETRY.toNanos());
      } else {
        News lost = pending;
        pending = null;
        giveUp(lost, e);
      }
    }
  }

  /** One frame that fails for good must not hold up the others. What the store says of open batches counts. */
  private void giveUp(@Nullable News news, Throwable cause) {
    log.error("camera {}: a frame could not be stored", news == null ? "?" : news.cameraId(), cause);
    if (news instanceof Looked looked) {
      looked.task.outcome().completeExceptionally(cause);
    }
    try {
      takeUpOpenBatches();
    } catch (StoreException e) {
      log.error("could not read the open batches: {}", e.getMessage());
    }
  }

  private void takeUpOpenBatches() {
    List<Batch> stored = batches.open();
    open.clear();
    for (Batch batch : stored) {
      open.put(batch.cameraId(), OpenBatch.of(batch));
    }
  }

  private void store(Looked looked) {
    Frame frame = looked.task.frame();
    OpenBatch current = open.get(frame.cameraId());
    if (current != null && !looked.objects.isEmpty() && current.isTooLateFor(frame.capturedAt(), config)) {
      tell(looked, ledger.completeApart(frame, looked.objects), true);
      return;
    }
    OpenBatch ended = current != null && current.isEndedBy(frame.capturedAt(), config) ? current : null;
    OpenBatch joined = ended == null ? current : null;
    Completion completion = ledger.complete(frame, looked.objects, ended == null ? null : ended.id(),
        joined == null ? null : joined.id());
    remember(frame, joined, completion.batchId());
    tell(looked, completion, ended != null);
    hurry(frame.cameraId(), looked.objects, completion.batchId());
  }

  private void hurry(String cameraId, List<DetectedObject> objects, @Nullable Long batchId) {
    if (batchId != null && objects.stream().anyMatch(this::isUrgent)
        && !batchId.equals(hurried.put(cameraId, batchId))) {
      urgent.accept(batchId);
    }
  }

  private boolean isUrgent(DetectedObject object) {
    return object.confidence() >= config.fast()
        && ObjectGroup.of(object.objectType()).filter(ObjectGroup.PERSON::equals).isPresent();
  }

  /** While frames of the camera wait, they are older and come first: one of them, or a later picture, will end it. */
  private void pass(Passed passed) {
    OpenBatch current = open.get(passed.cameraId);
    if (current != null && current.isEndedBy(passed.capturedAt, config)
        && activity.quietSince(passed.cameraId).isPresent()) {
      batches.close(current.id());
      open.remove(passed.cameraId);
      batchClosed.run();
    }
  }

  /** All of this is stored; whoever hears of it must not keep the others from hearing. */
  private void tell(Looked looked, Completion completion, boolean closedOne) {
    try {
      looked.task.outcome().complete(new FrameOutcome(FrameState.DONE, "", completion.detections()));
      for (StoredDetection stored : completion.detections()) {
        detected.accept(stored.detection());
      }
    } finally {
      if (closedOne) {
        batchClosed.run();
      }
    }
  }

  private void remember(Frame frame, @Nullable OpenBatch joined, @Nullable Long batchId) {
    if (batchId != null) {
      OpenBatch before = joined == null ? new OpenBatch(batchId, frame.capturedAt(), frame.capturedAt()) : joined;
      open.put(frame.cameraId(), before.joinedBy(frame.capturedAt()));
    } else if (joined == null) {
      open.remove(frame.cameraId());
    }
  }

  /** Closes the batches of quiet cameras; returns when the next one is due. */
  private long closeQuiet() {
    long now = nanoTime.getAsLong();
    long nextDue = now + Duration.ofHours(1).toNanos();
    boolean closed = false;
    for (Iterator<Map.Entry<String, OpenBatch>> left = open.entrySet().iterator(); left.hasNext();) {
      Map.Entry<String, OpenBatch> entry = left.next();
      OptionalLong quietSince = activity.quietSince(entry.getKey());
      if (quietSince.isEmpty()) {
        continue;
      }
      long due = quietSince.getAsLong() + config.idle().toNanos();
      if (due - now <= 0) {
        batches.close(entry.getValue().id());
        left.remove();
        closed = true;
      } else if (due - nextDue < 0) {
        nextDue = due;
      }
    }
    if (closed) {
      batchClosed.run();
    }
    return nextDue;
  }

  /** What the thread of batches is told. */
  private sealed interface News {
    String cameraId();
  }

  private record Looked(FrameTask task, List<DetectedObject> objects) implements News {
    @Override
    public String cameraId() {
      return task.frame().cameraId();
    }
  }

  private record Passed(String cameraId, Instant capturedAt) implements News {}
}
