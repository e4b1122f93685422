package dev.porchlight.ingest;

import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameState;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the pictures of streams that had to make room for newer ones: the ledger says so, the file goes, and they are
 * counted. Thread-safe.
 */
public final class DroppedPictures implements Consumer<FrameTask> {
  private static final Logger log = LoggerFactory.getLogger(DroppedPictures.class);
  private static final String REASON = "newer pictures of the stream came before its turn";

  private final FrameLedger ledger;
  private final MeterRegistry meters;
  private final AtomicLong count = new AtomicLong();

  public DroppedPictures(FrameLedger ledger, MeterRegistry meters) {
    this.ledger = ledger;
    this.meters = meters;
  }

  /** How many were dropped since the start. */
  public long count() {
    return count.get();
  }

  @Override
  public void accept(FrameTask task) {
    Frame frame = task.frame();
    count.incrementAndGet();
    meters.counter("porchlight.pictures.dropped", "camera", frame.cameraId()).increment();
    try {
      ledger.finish(frame.id(), FrameState.DROPPED, REASON);
      Files.deleteIfExists(frame.path());
    } catch (StoreException e) {
      // It waits in the ledger still, and the next start takes it up.
      log.warn("camera {}: a picture could not be noted as dropped: {}", frame.cameraId(), e.getMessage());
    } catch (IOException e) {
      log.warn("camera {}: {} could not be deleted: {}", frame.cameraId(), frame.path(), e.toString());
    } finally {
      task.outcome().complete(new FrameOutcome(FrameState.DROPPED, REASON, List.of()));
    }
  }
}
