package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Detection;
import java.util.List;
import java.util.Optional;

/** The batches that {@link FrameLedger#complete} opens. Thread-safe; methods block and throw {@link StoreException}. */
public interface BatchStore {
  /** The open batches, at most one for each camera. */
  List<Batch> open();

  /** Closes a batch. A closed or unknown one is left alone. */
  void close(long batchId);

  /** Closed batches that have no event yet, oldest first. */
  List<Batch> unjudged();

  /** One batch, open or closed. */
  Optional<Batch> find(long batchId);

  /** The detections of a batch by frame time. */
  List<Detection> detections(long batchId);
}
