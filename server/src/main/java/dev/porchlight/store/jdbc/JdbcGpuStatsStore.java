package dev.porchlight.store.jdbc;

import dev.porchlight.domain.GpuStats;
import dev.porchlight.store.GpuStatsStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The samples of the graphics processor in SQLite. Thread-safe. */
public final class JdbcGpuStatsStore implements GpuStatsStore {
  private final SqliteDatabase database;

  public JdbcGpuStatsStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public void add(GpuStats stats) {
    var _ = database.write("store a sample of the graphics processor",
        handle -> handle
            .createUpdate(
                """
                INSERT INTO gpu_stats (gpu_utilization, memory_used, memory_total, temperature, inference_fps, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?)""")
            .bind(0, finiteOrNull(stats.gpuUtilization()))
            .bind(1, stats.memoryUsed())
            .bind(2, stats.memoryTotal())
            .bind(3, finiteOrNull(stats.temperature()))
            .bind(4, finiteOrNull(stats.inferenceFps()))
            .bind(5, SqlTime.text(stats.recordedAt()))
            .execute());
  }

  @Override
  public int forgetBefore(Instant time) {
    return database.write("forget samples of the graphics processor",
        handle -> handle.execute("DELETE FROM gpu_stats WHERE recorded_at < ?", SqlTime.text(time)));
  }

  /** What is not finite is not known, as on the wire. */
  private static @Nullable Double finiteOrNull(@Nullable Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }
}
