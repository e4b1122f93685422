package dev.porchlight.ingest;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.pipeline.FrameTask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DroppedPicturesTest {
  private final FakeLedger ledger = new FakeLedger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DroppedPictures dropped = new DroppedPictures(ledger, meters);

  @TempDir
  private Path folder;

  @Test
  void aDroppedPictureEndsInTheLedgerAndItsFileIsGone() throws IOException {
    FrameTask task = taken();

    dropped.accept(task);

    assertThat(ledger.names(FrameState.DROPPED)).containsExactly("1.jpg");
    assertThat(task.frame().path()).doesNotExist();
    assertThat(task.outcome().join().state()).isEqualTo(FrameState.DROPPED);
    assertThat(dropped.count()).isEqualTo(1);
    assertThat(meters.counter("porchlight.pictures.dropped", "camera", "porch").count()).isEqualTo(1);
  }

  @Test
  void onePictureThatCannotBeNotedStaysForTheNextStart() throws IOException {
    FrameTask task = taken();
    ledger.breakDown(true);

    dropped.accept(task);

    assertThat(task.frame().path()).exists();
    assertThat(task.outcome()).isDone();
  }

  private FrameTask taken() throws IOException {
    Path file = Files.write(folder.resolve("1.jpg"), Pictures.jpeg(1));
    var now = Instant.parse("2025-12-23T12:00:00Z");
    return new FrameTask(Objects.requireNonNull(
        ledger.take(new Arrival("porch", FrameSource.STREAM, file, Files.size(file), now, "00", now, now))));
  }
}
