package dev.porchlight.bench;

import dev.porchlight.engine.Channel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a broadcast costs whoever makes it: appending a message, and waking the one loop that serves everybody. Must not
 * grow with the followers.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {
  /** How many follow. */
  @Param({"0", "1000"})
  public int sinks;

  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final Channel channel = NullSinks.channel();

  /** Lets the sinks follow. */
  @Setup
  public void follow() {
    NullSinks.follow(channel, NullSinks.loop(loop), sinks);
  }

  /** Ends the loop. */
  @TearDown
  public void end() {
    loop.shutdownNow();
  }

  /** Appends one message. */
  @Benchmark
  public int append() {
    return channel.publish(Samples.MESSAGE);
  }
}
