package dev.porchlight.gpu;

import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.store.GpuStatsStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class GpuMonitorTest {
  private final List<GpuStats> stored = new CopyOnWriteArrayList<>();
  private final List<GpuStats> told = new CopyOnWriteArrayList<>();

  @TempDir
  private Path folder;

  @Test
  void oneLongRunningProcessIsAskedAndWhatItSaysIsStoredThenTold() throws IOException {
    Path calls = folder.resolve("calls");
    String program = program("echo \"$@\" >> " + calls + "\nwhile :; do echo '42, 1024, 24576, 61'; sleep 0.05; done");

    try (var monitor = monitor(program)) {
      monitor.start();
      await().until(() -> told.size() >= 5 && told.getLast().gpuUtilization() != null);

      GpuStats stats = told.getLast();
      assertThat(stats.gpuUtilization()).isEqualTo(42);
      assertThat(stats.memoryUsed()).isEqualTo(1024L << 20);
      assertThat(stats.memoryTotal()).isEqualTo(24576L << 20);
      assertThat(stats.temperature()).isEqualTo(61);
      assertThat(stats.inferenceFps()).isEqualTo(1.5);
      assertThat(stored).containsAll(told);
      assertThat(monitor.hasGpu()).isTrue();
    }
    assertThat(Files.readAllLines(calls)).hasSize(1).first().asString().contains("--loop-ms=100");
    await().until(() -> ProcessHandle.current()
        .children()
        .noneMatch(child -> child.info()
            .commandLine()
            .filter(line -> line.contains(program))
            .isPresent()));
  }

  @Test
  void withoutAGpuTheReadingsAreNotKnownAndTheRateOfInferenceIs() {
    try (var monitor = monitor(folder.resolve("no-such-program").toString())) {
      monitor.start();
      await().until(() -> told.size() >= 2);

      assertThat(told.getFirst()).satisfies(stats -> {
        assertThat(stats.gpuUtilization()).isNull();
        assertThat(stats.memoryUsed()).isNull();
        assertThat(stats.memoryTotal()).isNull();
        assertThat(stats.temperature()).isNull();
        assertThat(stats.inferenceFps()).isEqualTo(1.5);
      });
      assertThat(monitor.hasGpu()).isFalse();
    }
  }

  @Test
  void aProcessThatDiesIsStartedAgain() throws IOException {
    Path calls = folder.resolve("calls");
    String program = program("echo called >> " + calls + "\necho '42, 1024, 24576, 61'\nexit 3");

    try (var monitor = monitor(program)) {
      monitor.start();
      await().until(() -> Files.exists(calls) && Files.readAllLines(calls).size() >= 2);
    }
  }

  @Test
  void aSampleThatThrowsAnErrorIsNotTheLast() {
    var failures = new AtomicInteger(2);
    try (var monitor = monitor(folder.resolve("no-such-program").toString(), () -> {
      if (failures.getAndDecrement() > 0) {
        throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
      }
      return 1.5;
    })) {
      monitor.start();

      await().until(() -> !told.isEmpty());
      assertThat(failures.get()).isNegative();
      await().until(() -> monitor.taskState().status() == Status.OK);
    }
  }

  private GpuMonitor monitor(String program) {
    return monitor(program, () -> 1.5);
  }

  private GpuMonitor monitor(String program, DoubleSupplier inferenceFps) {
    GpuStatsStore store = new GpuStatsStore() {
      @Override
      public void add(GpuStats stats) {
        stored.add(stats);
      }

      @Override
      public int forgetBefore(Instant time) {
        return 0;
      }
    };
    return new GpuMonitor(new GpuConfig(Duration.ofMillis(100), Duration.ofDays(7), program), store, Clock.systemUTC(),
        System::nanoTime, inferenceFps, told::add);
  }

  private String program(String script) throws IOException {
    Path program = folder.resolve("fake-nvidia-smi");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }
}
