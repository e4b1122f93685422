package dev.porchlight.ingest;

import dev.porchlight.domain.Health.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.awaitility.Awaitility.await;

/** Out of direct memory is an {@code Error}, and passes: no thread of the folders ends by it. */
class OutOfMemoryTest {
  @TempDir
  private Path temporary;

  @Test
  void theScannerGoesOnAndFindsWhatItMissed() {
    try (var folders = new TestFolders(temporary).watchedBy(new FakeWatch()).rescanEvery(Duration.ofMillis(100))) {
      folders.put("front/a.jpg", Pictures.jpeg(1));
      folders.ledger.runOutOfMemory(3);
      folders.start();

      folders.awaitTaken("a.jpg");
      await().until(() -> folders.ingest().status().status() == Status.OK);
    }
  }

  @Test
  void theThreadsOfTheWatchAndOfTheCameraGoOn() {
    try (var folders = new TestFolders(temporary).start().settled()) {
      folders.ledger.runOutOfMemory(1);
      folders.put("front/a.jpg", Pictures.jpeg(1));
      await().until(() -> !folders.ledger.isOutOfMemory());

      folders.put("front/b.jpg", Pictures.jpeg(2));
      await().until(() -> folders.intake.names().contains("b.jpg"));
      await().until(() -> folders.ingest().status().status() == Status.OK);
    }
  }
}
