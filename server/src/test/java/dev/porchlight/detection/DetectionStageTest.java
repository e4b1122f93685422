package dev.porchlight.detection;

import dev.porchlight.domain.Area;
import dev.porchlight.domain.Area.Point;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.metrics.InferenceRate;
import dev.porchlight.picture.MadePictures;
import dev.porchlight.picture.PictureProbe;
import dev.porchlight.pipeline.FrameTask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class DetectionStageTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final DetectedObject PERSON = new DetectedObject("person", 0.9, new Box(1, 2, 3, 4));
  private final DetectorException outOfOrder = new DetectorException("out of order", new IOException());

  private final RecordingLedger ledger = new RecordingLedger();
  private final ScriptedDetector detector = new ScriptedDetector();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Map<String, CameraSettings> settings = new HashMap<>();
  private final InferenceRate rate = new InferenceRate(() -> 0);
  private final List<List<DetectedObject>> handedOn = new ArrayList<>();

  @TempDir
  private Path folder;

  private Path file;
  private FrameLook look;
  private DetectionStage stage;

  @BeforeEach
  void open() throws IOException {
    file = Files.write(folder.resolve("porch.jpg"), MadePictures.jpeg(MadePictures.noise(64, 48)));
    look = new FrameLook(ledger, new PictureMemory(), detector, InFlight.open(folder.resolve("in-flight"), 1), rate,
        new CameraRules(settings::get, meters));
    settings.put("porch", CameraSettings.STANDARD);
    stage = new DetectionStage(look, ledger, meters, (_, objects) -> handedOn.add(objects), Duration.ofMillis(1));
  }

  @Test
  void handsOnWhatWasFoundAndAlsoThatNothingWas() throws Exception {
    detector.sees(PERSON).sees();
    var task = new FrameTask(frame(FrameSource.FOLDER, 0));

    stage.look(task);
    stage.look(task);

    assertThat(handedOn).containsExactly(List.of(PERSON), List.of());
    assertThat(task.outcome()).as("left to whoever stores it").isNotDone();
    assertThat(ledger.ended).isEmpty();
    assertThat(rate.perSecond()).isEqualTo(2);
  }

  @Test
  void handsOnWhatCountsAndNotWhatStandsInAnAreaToIgnore() throws Exception {
    // The picture is 64 by 48: the upper half, as fractions.
    settings.put("porch", CameraSettings.STANDARD.withAreas(
        List.of(new Area(List.of(new Point(0, 0), new Point(1, 0), new Point(1, 0.5), new Point(0, 0.5))))));
    var below = new DetectedObject("dog", 0.8, new Box(10, 10, 10, 20));
    detector.sees(PERSON, below).sees(PERSON);

    stage.look(new FrameTask(frame(FrameSource.FOLDER, 0)));
    stage.look(new FrameTask(frame(FrameSource.FOLDER, 0)));

    assertThat(handedOn).containsExactly(List.of(below), List.of());
  }

  @Test
  void doesNotLookAtAPictureOfADeletedCamera() throws Exception {
    settings.clear();

    ends(frame(FrameSource.HTTP, 0), FrameState.VANISHED, "its camera was deleted before its turn", "deleted");
  }

  @Test
  void findsThatTheFileIsGone() throws Exception {
    Frame frame = frame(FrameSource.HTTP, 0);
    Files.delete(file);

    ends(frame, FrameState.VANISHED, "it was gone before its turn", "vanished");
  }

  @Test
  void findsThatTheFileWasOverwritten() throws Exception {
    Frame frame = frame(FrameSource.HTTP, 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2]++;
    Files.write(file, bytes);

    ends(frame, FrameState.VANISHED, "it was overwritten before its turn", "vanished");
  }

  @Test
  void refusesWhatCannotBeDecoded() throws Exception {
    byte[] broken = MadePictures.pngOf(10, 10, 8, 2, new byte[10]);
    Files.write(file, broken);

    ends(frame(FrameSource.HTTP, 0), FrameState.REJECTED, "it cannot be decoded", "damaged");
  }

  @Test
  void setsAsideWhatKilledTheServerTwice() throws Exception {
    ends(frame(FrameSource.HTTP, 2), FrameState.SET_ASIDE, "the server died twice while looking at it", "set_aside");
  }

  @Test
  void looksOnceMoreAtWhatKilledTheServerOnce() throws Exception {
    stage.look(new FrameTask(frame(FrameSource.HTTP, 1)));

    assertThat(handedOn).hasSize(1);
  }

  @Test
  void leavesOutARepeatFromAFolderWithinFiveMinutes() throws Exception {
    ledger.seenAt = NOW.minus(Duration.ofMinutes(5));
    var task = new FrameTask(frame(FrameSource.FOLDER, 0));
    stage.look(task);
    assertThat(task.outcome().join().state()).isEqualTo(FrameState.DUPLICATE);
    assertThat(handedOn).isEmpty();

    ledger.seenAt = NOW.minus(Duration.ofMinutes(5)).minusMillis(1);
    stage.look(new FrameTask(frame(FrameSource.FOLDER, 0)));
    assertThat(handedOn).hasSize(1);
  }

  @Test
  void looksAtARepeatThatIsHandedInDeliberately() throws Exception {
    ledger.seenAt = NOW;

    stage.look(new FrameTask(frame(FrameSource.HTTP, 0)));

    assertThat(handedOn).hasSize(1);
  }

  @Test
  void triesAgainUntilTheDetectorIsWellAndSaysSoMeanwhile() throws Exception {
    detector.fails(outOfOrder).fails(outOfOrder).fails(outOfOrder).fails(outOfOrder);
    var troubles = new ArrayList<String>();
    detector.script.add(_ -> {
      troubles.addAll(stage.trouble().stream().toList());
      return List.of(PERSON);
    });

    stage.look(new FrameTask(frame(FrameSource.FOLDER, 0)));

    assertThat(troubles).containsExactly("out of order");
    assertThat(handedOn).containsExactly(List.of(PERSON));
    assertThat(stage.isHealthy()).isTrue();
    assertThat(ledger.ended).isEmpty();
  }

  /** The promise of a detector elsewhere: while it is down a picture waits, and "nothing seen" is never said for it. */
  @Test
  void waitsForADetectorElsewhereThatIsDown() throws Exception {
    try (var stub = new StubDetector()) {
      var troubles = new ArrayList<String>();
      for (int i = 0; i < 4; i++) {
        stub.then(exchange -> {
          troubles.addAll(stage.trouble().stream().toList());
          exchange.sendResponseHeaders(503, -1);
        });
      }
      stub.says("{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[1,2,3,4]}]}");
      var config = new RemoteConfig(URI.create("http://127.0.0.1:" + stub.port() + "/"), Duration.ofSeconds(10));
      try (var remote = RemoteDetector.open(config, 0.5,
          new Patience(0, Duration.ofMillis(1), 100, Duration.ofHours(1)))) {
        look = new FrameLook(ledger, new PictureMemory(), remote, InFlight.open(folder.resolve("in-flight"), 1), rate,
            new CameraRules(settings::get, meters));
        stage = new DetectionStage(look, ledger, meters, (_, objects) -> handedOn.add(objects), Duration.ofMillis(1));

        stage.look(new FrameTask(frame(FrameSource.FOLDER, 0)));
      }
      assertThat(troubles).hasSize(3).allMatch(trouble -> trouble.endsWith("/ failed: HTTP 503"));
      assertThat(handedOn).containsExactly(List.of(PERSON));
      assertThat(ledger.ended).isEmpty();
      assertThat(stage.isHealthy()).isTrue();
    }
  }

  @Test
  void triesAgainUntilTheStoreIsWell() throws Exception {
    ledger.failures = 4;

    ends(frame(FrameSource.HTTP, 2), FrameState.SET_ASIDE, "the server died twice while looking at it", "set_aside");
  }

  @Test
  void setsAsideWhatNoAttemptGetsThrough() throws Exception {
    var bug = new IllegalStateException("a bug");
    detector.fails(bug).fails(bug).fails(bug);

    ends(frame(FrameSource.HTTP, 0), FrameState.SET_ASIDE, "looking at it failed 3 times", "set_aside");
  }

  @Test
  void leavesTheFrameWaitingWhenClosedInHardTimes() throws Exception {
    stage = new DetectionStage(look, ledger, meters, (_, objects) -> handedOn.add(objects), Duration.ofHours(1));
    detector.fails(outOfOrder);
    var task = new FrameTask(frame(FrameSource.FOLDER, 0));
    var thrown = new CompletableFuture<Exception>();
    Thread.ofVirtual().start(() -> {
      try {
        stage.look(task);
      } catch (InterruptedException e) {
        thrown.complete(e);
      }
    });
    await().until(() -> !stage.isHealthy());

    stage.close();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(task.outcome()).isCompletedExceptionally();
    assertThat(ledger.ended).isEmpty();
  }

  @Test
  void passesOnTheFailureOfWhoeverComesNext() throws Exception {
    stage = new DetectionStage(look, ledger, meters, (_, _) -> {
      throw new IllegalStateException("full");
    }, Duration.ofMillis(1));
    var task = new FrameTask(frame(FrameSource.FOLDER, 0));

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> stage.look(task));
    assertThat(task.outcome()).isCompletedExceptionally();
  }

  @Test
  void marksTheFrameWhileItIsLookedAtAndNoLonger() throws Exception {
    var marked = new ArrayList<Long>();
    detector.script.add(_ -> {
      marked.addAll(leftBehind());
      return List.of();
    });

    stage.look(new FrameTask(frame(FrameSource.FOLDER, 0)));

    assertThat(marked).containsExactly(11L);
    assertThat(leftBehind()).isEmpty();
  }

  private void ends(Frame frame, FrameState state, String reason, String tag) throws InterruptedException {
    var task = new FrameTask(frame);

    stage.look(task);

    assertThat(task.outcome().join().state()).isEqualTo(state);
    assertThat(task.outcome().join().reason()).startsWith(reason);
    assertThat(ledger.ended).singleElement().asString().startsWith("11 " + state + ": " + reason);
    assertThat(meters.get("porchlight.pictures.refused").tag("reason", tag).counter().count()).isEqualTo(1);
    assertThat(handedOn).isEmpty();
    assertThat(leftBehind()).isEmpty();
  }

  private List<Long> leftBehind() {
    try {
      return InFlight.open(folder.resolve("in-flight"), 1).leftBehind();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Frame frame(FrameSource source, int tries) throws IOException {
    var probed = PictureProbe.probe(file, 1 << 20);
    return new Frame(11, "porch", source, file, probed.size(), probed.sha256(), NOW, NOW, tries);
  }
}
