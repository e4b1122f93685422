package dev.porchlight.bench;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Loop;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine adds to the kernel's cost of a delivery: from the log to a sink that takes everything. The figures are
 * for one message delivered to one of 1,000 sinks; {@code gc.alloc.rate.norm} is what the engine allocates for it, and
 * ought to be next to nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeliverBenchmark {
  private static final int SINKS = 1_000;

  private final Channel channel = NullSinks.channel();

  /** Lets the sinks follow; they have no loop, so that whoever publishes delivers. */
  @Setup
  public void follow() {
    NullSinks.follow(channel, Loop.CALLER, SINKS);
  }

  /** Delivers a message to everybody. */
  @Benchmark
  @OperationsPerInvocation(SINKS)
  public int deliver() {
    return channel.publish(Samples.MESSAGE);
  }
}
