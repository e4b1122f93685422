package dev.porchlight.store;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Batch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How verdicts came about, and which batches are to be put before the language model again. Thread-safe; methods block and
 * throw {@link StoreException}.
 */
public interface AnalysisStore {
  /** The most analyses that are kept of a batch. */
  int MOST_OF_A_BATCH = 8;

  /** Who was asked about a batch, in order; at most the last {@link #MOST_OF_A_BATCH}. */
  List<Analysis> ofBatch(long batchId);

  /**
   * Stores an analysis that gave no new verdict.
   *
   * @param counts   true when it is one of the batch's tries
   * @param mostTries after as many tries the batch is set aside, and not asked about again
   */
  void failed(long batchId, Analysis analysis, boolean counts, int mostTries);

  /** The judged batches that wait to be put before the language model, newest first. */
  List<Batch> waiting(int limit);

  /** Whether a batch is to be put before the language model again; empty when it is not. */
  Optional<Pending> pending(long batchId);

  /** How many wait, since when, and how many were set aside. */
  Backlog backlog();

  /**
   * A batch that was judged without the language model.
   *
   * @param tries      how often the model has failed at it since
   * @param isSetAside true after the last of them: it waits no more
   */
  record Pending(int tries, boolean isSetAside) {}

  /**
   * What is to be put before the language model.
   *
   * @param waiting  how many batches wait
   * @param oldest   since when the oldest does; the epoch when none does
   * @param setAside how many were set aside after their tries
   */
  record Backlog(int waiting, Instant oldest, int setAside) {}
}
