package dev.porchlight.ingest;

import dev.porchlight.LogLines;
import dev.porchlight.domain.Frame;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Real folders under a root, with an ingest that can be stopped and started anew over the same ledger. Unless a test says
 * otherwise nothing is gone through again after the start, so that what is taken was noticed.
 */
final class TestFolders implements AutoCloseable {
  private static final Duration DEBOUNCE = Duration.ofMillis(100);
  private static final String FENCE = "fence-";
  static final long MAX_CLIP_SIZE = 1 << 20;

  final Path root;
  final FakeLedger ledger = new FakeLedger();
  final FakeIntake intake = new FakeIntake();
  final FakeClips clips = new FakeClips();
  final FakeCameras cameras = new FakeCameras();
  final List<Frame> arrived = new CopyOnWriteArrayList<>();
  final LogLines log = new LogLines(TestFolders.class);
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private Duration rescan = Duration.ofHours(1);
  private Duration incompleteAfter = Duration.ofMillis(700);
  private int fences;
  private boolean polling;
  private int candidates = 10_000;
  private @Nullable Supplier<DirectoryWatch> watch;
  private @Nullable FolderIngest ingest;
  private @Nullable Instant lastAlive;

  TestFolders(Path temporary) {
    this.root = temporary.resolve("cameras");
  }

  TestFolders rescanEvery(Duration interval) {
    rescan = interval;
    return this;
  }

  /** What is not whole is waited for, also on a slow machine, and looked at again each tenth of that time. */
  TestFolders patient() {
    incompleteAfter = Duration.ofSeconds(30);
    return this;
  }

  TestFolders polling() {
    polling = true;
    return rescanEvery(Duration.ofMillis(100));
  }

  TestFolders watchedBy(DirectoryWatch fake) {
    watch = () -> fake;
    return this;
  }

  TestFolders atMostCandidates(int most) {
    candidates = most;
    return this;
  }

  /** A server ran on this folder before, until this moment. */
  TestFolders lastAliveAt(Instant time) {
    lastAlive = time;
    return this;
  }

  TestFolders start() {
    var config = new IngestConfig(root, Duration.ofHours(24), DEBOUNCE, rescan, polling, incompleteAfter,
        MAX_CLIP_SIZE);
    ingest = watch == null && candidates == 10_000
        ? new FolderIngest(config, intake, clips, ledger, cameras, meters, Clock.systemUTC(), System::nanoTime,
            arrived::add,
            lastAlive)
        : new FolderIngest(config, intake, clips, ledger, cameras, meters, Clock.systemUTC(), System::nanoTime,
            arrived::add,
            lastAlive, watch == null ? NoDirectoryWatch::new : watch, candidates);
    ingest.start();
    return this;
  }

  void stop() {
    if (ingest != null) {
      ingest.close();
    }
  }

  FolderIngest ingest() {
    return Objects.requireNonNull(ingest, "not started");
  }

  /** Waits until everything that was there at the start has been gone through. */
  TestFolders settled() {
    cameraFolder("settled");
    await().until(() -> cameras.ids().contains("settled"));
    return this;
  }

  Path cameraFolder(String cameraId) {
    return folder(root.resolve(cameraId));
  }

  /** Writes a file below the root, with the folders above it. */
  Path put(String path, byte[] bytes) {
    Path file = root.resolve(path);
    folder(file.resolveSibling("."));
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file that looks this old. */
  Path put(String path, byte[] bytes, Duration age) {
    return dated(put(path, bytes), age);
  }

  static Path dated(Path file, Duration age) {
    try {
      return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder.normalize());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitTaken(String... names) {
    await().untilAsserted(() -> assertThat(taken()).containsExactly(names));
  }

  void awaitTakenInAnyOrder(String... names) {
    await().untilAsserted(() -> assertThat(taken()).containsExactlyInAnyOrder(names));
  }

  /** Nothing but this has been taken when a picture is that comes now, and has to rest like the others. */
  void nothingIsTakenBut(String... names) {
    String fence = FENCE + ++fences + ".jpg";
    put("settled/" + fence, Pictures.jpeg(1_000 + fences));
    await().until(() -> intake.names().contains(fence));
    assertThat(taken()).containsExactly(names);
  }

  private List<String> taken() {
    return intake.names().stream().filter(name -> !name.startsWith(FENCE)).toList();
  }

  void awaitRefused(String reason, int times) {
    await().untilAsserted(() -> assertThat(refused(reason)).isEqualTo(times));
  }

  double refused(String reason) {
    return meters.counter("porchlight.pictures.refused", "reason", reason).count();
  }

  double deferred() {
    return meters.counter("porchlight.pictures.deferred").count();
  }

  @Override
  public void close() {
    stop();
    log.close();
  }
}
