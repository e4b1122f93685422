package dev.porchlight.video;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a picture of a stream costs in Java: the motion gate for each, the encoder for each that passes. In the package of
 * what it measures, which nobody else may see.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VideoBenchmark {
  private static final int PICTURES = 8;
  private static final long STEP_NANOS = 500_000_000;

  /** Its height, 9 for each 16 of width. */
  @Param({"720", "1080"})
  private int height;

  private final JpegEncoder encoder = new JpegEncoder();
  private final MotionGate gate = new MotionGate(0.7);
  private YuvFrame[] frames = new YuvFrame[0];
  private long now;
  private int next;

  /** Makes pictures of a still scene, with a camera's noise. */
  @Setup
  public void makePictures() {
    var random = new Random(1);
    frames = new YuvFrame[PICTURES];
    for (int i = 0; i < PICTURES; i++) {
      frames[i] = new YuvFrame(height * 16 / 9, height);
      byte[] samples = frames[i].samples();
      for (int at = 0; at < samples.length; at++) {
        samples[at] = (byte) (at < frames[i].blueAt() ? 100 + at % 37 + random.nextInt(-2, 3) : 128);
      }
    }
  }

  /** The gate on a picture in which nothing moves. */
  @Benchmark
  public boolean gate() {
    now += STEP_NANOS;
    return gate.passes(frame(), now);
  }

  /** A JPEG of a picture. */
  @Benchmark
  public byte[] encode() throws InterruptedException {
    return encoder.encode(frame());
  }

  private YuvFrame frame() {
    next = (next + 1) % PICTURES;
    return frames[next];
  }
}
