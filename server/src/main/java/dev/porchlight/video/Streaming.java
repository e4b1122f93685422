package dev.porchlight.video;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What all streams work with.
 *
 * @param seen    hears of each picture that comes, by its camera and when
 * @param skipped hears of each picture that the motion gate did not let pass
 */
record Streaming(VideoConfig config, StreamTimes times, FfmpegFinder ffmpeg, JpegEncoder encoder,
    StreamPictures pictures, BiConsumer<String, Instant> seen, BiConsumer<String, Instant> skipped,
    MeterRegistry meters, Clock clock, LongSupplier nanoTime, RandomGenerator random) {
  Counter counter(String name, String cameraId) {
    return meters.counter(name, "camera", cameraId);
  }
}
