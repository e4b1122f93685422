package dev.porchlight.bench;

import dev.porchlight.json.Json;
import dev.porchlight.json.WireJson;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to encode the data of a message, which is done once however many follow. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {
  /** The data of a {@code detection}, as UTF-8. */
  @Benchmark
  public byte[] detection() {
    return Json.object(json -> WireJson.detection(json, Samples.DETECTION));
  }

  /** The data of a {@code new_event}, as UTF-8. */
  @Benchmark
  public byte[] newEvent() {
    return Json.object(json -> WireJson.newEvent(json, Samples.EVENT));
  }
}
