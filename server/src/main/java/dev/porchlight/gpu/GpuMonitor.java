package dev.porchlight.gpu;

import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.WireTime;
import dev.porchlight.metrics.Ticker;
import dev.porchlight.store.GpuStatsStore;
import dev.porchlight.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every {@code gpu.interval} how the graphics processor is: stored, then told. Without one the readings are not
 * known, and the rate of inference still is. Thread-safe.
 */
public final class GpuMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GpuMonitor.class);
  private static final int SAMPLES_BETWEEN_CLEANING = 720;

  private final GpuConfig config;
  private final GpuStatsStore store;
  private final Clock clock;
  private final DoubleSupplier inferenceFps;
  private final Consumer<GpuStats> sampled;
  private final GpuProbe probe;
  private final Ticker ticker = new Ticker("gpu-monitor");
  private int samples;

  /**
   * Makes a monitor that does not sample yet.
   *
   * @param inferenceFps inferences per second over the last minute
   * @param sampled      hears of each sample once it is stored
   */
  public GpuMonitor(GpuConfig config, GpuStatsStore store, Clock clock, LongSupplier nanoTime,
      DoubleSupplier inferenceFps, Consumer<GpuStats> sampled) {
    this.config = config;
    this.store = store;
    this.clock = clock;
    this.inferenceFps = inferenceFps;
    this.sampled = sampled;
    this.probe = new GpuProbe(config, nanoTime);
  }

  /** Starts sampling; the first sample comes after one interval. */
  public void start() {
    probe.start();
    ticker.every(config.interval(), config.interval(), this::sample);
  }

  /** True while a graphics processor answers. */
  public boolean hasGpu() {
    return probe.reading().isPresent();
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return ticker.state().orWorse(probe.taskState());
  }

  @Override
  public void close() {
    ticker.close();
    probe.close();
  }

  private void sample() {
    Instant now = WireTime.truncate(clock.instant());
    Optional<GpuReading> reading = probe.reading();
    var stats = new GpuStats(reading.map(GpuReading::utilization).orElse(null),
        reading.map(GpuReading::memoryUsed).orElse(null), reading.map(GpuReading::memoryTotal).orElse(null),
        reading.map(GpuReading::temperature).orElse(null), inferenceFps.getAsDouble(), now);
    try {
      store.add(stats);
      if (samples++ % SAMPLES_BETWEEN_CLEANING == 0) {
        store.forgetBefore(now.minus(config.keep()));
      }
      sampled.accept(stats);
    } catch (StoreException e) {
      log.error("could not store a GPU sample: {}", e.getMessage());
    }
  }
}
