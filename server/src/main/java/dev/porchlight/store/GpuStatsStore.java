package dev.porchlight.store;

import dev.porchlight.domain.GpuStats;
import java.time.Instant;

/** Samples of the graphics processor. Thread-safe; methods block and throw {@link StoreException}. */
public interface GpuStatsStore {
  /** Stores one sample. */
  void add(GpuStats stats);

  /** Forgets the samples recorded before {@code time}; returns how many. */
  int forgetBefore(Instant time);
}
