package dev.porchlight.store;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.sha256;
import static dev.porchlight.store.Samples.take;
import static dev.porchlight.store.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

/** How pictures get into every {@link FrameLedger} and are found again. */
abstract class FrameLedgerContract {
  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void aPictureIsTakenAsItArrived() {
    var arrival = new Arrival(CAMERA, FrameSource.HTTP, Path.of("/pictures/a b/ü.jpg"), 42, NOON, sha256(7),
        NOON.plusSeconds(1), NOON.plusSeconds(2));

    var frame = take(stores(), arrival);

    assertThat(frame).isEqualTo(new Frame(frame.id(), CAMERA, FrameSource.HTTP, arrival.path(), 42, sha256(7),
        NOON.plusSeconds(1), NOON.plusSeconds(2), 0));
    assertThat(stores().frames().waiting()).containsExactly(frame);
  }

  @Test
  void theSameVersionOfAFileIsTakenOnce() {
    var first = take(stores(), 1);

    assertThat(stores().frames().take(arrival(CAMERA, 1))).isNull();
    assertThat(stores().frames().waiting()).containsExactly(first);
  }

  @Test
  void theSameVersionOfAFileIsNotTakenAgainOnceItIsDone() {
    var first = take(stores(), 1);
    stores().frames().complete(first, List.of(), null, null);

    assertThat(stores().frames().take(arrival(CAMERA, 1))).isNull();
    assertThat(stores().frames().waiting()).isEmpty();
  }

  @Test
  void anotherCameraOrSizeOrTimeIsAnotherPicture() {
    var one = arrival(CAMERA, 1);
    take(stores(), one);

    take(stores(), new Arrival(OTHER_CAMERA, one.source(), one.path(), one.size(), one.modifiedAt(), one.sha256(),
        one.capturedAt(), one.arrivedAt()));
    take(stores(), new Arrival(CAMERA, one.source(), one.path(), one.size() + 1, one.modifiedAt(), one.sha256(),
        one.capturedAt(), one.arrivedAt()));
    take(stores(), new Arrival(CAMERA, one.source(), one.path(), one.size(), one.modifiedAt().plusNanos(1_000),
        one.sha256(), one.capturedAt(), one.arrivedAt()));

    assertThat(stores().frames().waiting()).hasSize(4);
  }

  @Test
  void ofManyThreadsThatTakeTheSamePictureOneGetsIt() throws InterruptedException {
    List<Callable<Boolean>> takers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      takers.add(() -> stores().frames().take(arrival(CAMERA, 1)) != null);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(takers)).extracting(future -> future.get())
          .containsOnlyOnce(true)
          .hasSize(16);
    }
  }

  @Test
  void takingAPictureNotesThatItsCameraWasSeen() {
    take(stores(), 5);

    assertThat(stores().cameras().find(CAMERA)).map(Camera::lastSeenAt).contains(NOON.plusSeconds(5));
    assertThat(stores().cameras().find(OTHER_CAMERA)).map(Camera::lastSeenAt).isEmpty();
  }

  @Test
  void aPictureOfAnUnknownCameraIsRefusedByName() {
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> stores().frames().take(arrival("nobody", 1)))
        .withMessageContaining("nobody")
        .withMessageContaining("1.jpg");
  }

  @Test
  void microsecondsSurviveAndFinerTimesAreCut() {
    var at = Instant.parse("2025-12-23T12:00:00.123456789Z");

    var frame = take(stores(), new Arrival(CAMERA, FrameSource.FOLDER, Path.of("/a.jpg"), 1, at, sha256(1), at, at));

    assertThat(frame.capturedAt()).isEqualTo(Instant.parse("2025-12-23T12:00:00.123456Z")).isEqualTo(frame.arrivedAt());
    assertThat(stores().frames().waiting()).containsExactly(frame);
  }

  @Test
  void aFileWithAnImpossibleTimeIsTakenAndKnown() {
    var wild = new Arrival(CAMERA, FrameSource.FOLDER, Path.of("/a.jpg"), 1, Instant.MAX, sha256(1), NOON, NOON);

    take(stores(), wild);

    assertThat(stores().frames().known(CAMERA, List.of(version(wild)))).containsExactly(version(wild));
  }

  @Test
  void thousandsOfFilesAreToldApartIntoKnownAndNew() {
    var files = IntStream.range(0, 5_000).mapToObj(number -> version(arrival(CAMERA, number))).toList();
    var known = files.subList(0, 2_500);
    stores().frames().recordUnread(CAMERA, FrameSource.FOLDER, known, FrameState.SEEN, "too old", NOON);

    assertThat(stores().frames().known(CAMERA, files)).isEqualTo(Set.copyOf(known));
    assertThat(stores().frames().known(OTHER_CAMERA, files)).isEmpty();
    assertThat(stores().frames().known(CAMERA, List.of())).isEmpty();
  }

  @Test
  void anotherVersionOfAKnownFileIsNew() {
    var arrival = arrival(CAMERA, 1);
    take(stores(), arrival);
    var touched = new FileVersion(arrival.path(), arrival.size(), arrival.modifiedAt().plusSeconds(1));
    var grown = new FileVersion(arrival.path(), arrival.size() + 1, arrival.modifiedAt());

    assertThat(stores().frames().known(CAMERA, List.of(touched, grown, version(arrival))))
        .containsExactly(version(arrival));
  }

  @Test
  void filesThatEndUnreadAreNeitherTakenNorWaiting() {
    var arrival = arrival(CAMERA, 1);
    stores().frames().recordUnread(CAMERA, FrameSource.FOLDER, List.of(version(arrival)), FrameState.SEEN, "old", NOON);

    assertThat(stores().frames().take(arrival)).isNull();
    assertThat(stores().frames().waiting()).isEmpty();
  }

  @Test
  void recordingAWaitingFileAsUnreadLeavesItWaiting() {
    var frame = take(stores(), 1);

    stores().frames()
        .recordUnread(CAMERA, FrameSource.FOLDER, List.of(version(arrival(CAMERA, 1))), FrameState.SEEN,
            "old", NOON);

    assertThat(stores().frames().waiting()).containsExactly(frame);
  }

  @Test
  void nothingIsRecordedUnreadAsWaitingOrDone() {
    for (var state : List.of(FrameState.WAITING, FrameState.DONE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> stores().frames()
          .recordUnread(CAMERA, FrameSource.FOLDER,
              List.of(version(arrival(CAMERA, 1))), state, "", NOON));
    }
  }

  @Test
  void theSameBytesOfTheSameCameraAreFoundWithinTheWindow() {
    var first = take(stores(), arrival(CAMERA, 10, sha256(1)));
    stores().frames().complete(first, List.of(), null, null);
    var second = take(stores(), arrival(CAMERA, 20, sha256(1)));

    assertThat(stores().frames().decodedSince(second, NOON.plusSeconds(10))).isTrue();
    assertThat(stores().frames().decodedSince(second, NOON.plusSeconds(10).plusNanos(1_000))).isFalse();
  }

  @Test
  void otherBytesOrAnotherCameraOrTheFrameItselfAreNoDuplicates() {
    var first = take(stores(), arrival(CAMERA, 10, sha256(1)));
    stores().frames().complete(first, List.of(), null, null);

    assertThat(stores().frames().decodedSince(first, NOON)).isFalse();
    assertThat(stores().frames().decodedSince(take(stores(), arrival(CAMERA, 20, sha256(2))), NOON)).isFalse();
    assertThat(stores().frames().decodedSince(take(stores(), arrival(OTHER_CAMERA, 20, sha256(1))), NOON)).isFalse();
  }

  @Test
  void bytesThatWereNotDecodedYetOrNeverAreNoDuplicates() {
    take(stores(), arrival(CAMERA, 10, sha256(1)));
    stores().frames().finish(take(stores(), arrival(CAMERA, 11, sha256(1))).id(), FrameState.REJECTED, "no picture");

    assertThat(stores().frames().decodedSince(take(stores(), arrival(CAMERA, 20, sha256(1))), NOON)).isFalse();
  }

  @Test
  void framesWaitInTheOrderTheyWereTaken() {
    var frames = IntStream.of(5, 3, 9, 1).mapToObj(number -> take(stores(), number)).toList();

    assertThat(stores().frames().waiting()).isEqualTo(frames);
  }

  @Test
  void deathsAreCountedForFramesThatAreKnown() {
    var first = take(stores(), 1);
    var second = take(stores(), 2);

    stores().frames().countDeaths(List.of(first.id(), 4_711L));
    stores().frames().countDeaths(List.of(first.id()));
    stores().frames().countDeaths(List.of());

    assertThat(stores().frames().waiting()).extracting(Frame::id, Frame::tries)
        .containsExactly(tuple(first.id(), 2),
            tuple(second.id(), 0));
  }

  @Test
  void aFrameEndsOnce() {
    var frame = take(stores(), 1);
    stores().frames().finish(frame.id(), FrameState.VANISHED, "overwritten");

    assertThat(stores().frames().waiting()).isEmpty();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> stores().frames().finish(frame.id(), FrameState.REJECTED, "again"))
        .withMessageContaining(Long.toString(frame.id()));
  }

  @Test
  void aPictureOfAStreamMayBeDroppedAndOneOfAClipTaken() {
    for (var source : FrameSource.values()) {
      var frame = take(stores(), new Arrival(CAMERA, source, Path.of("/" + source + ".jpg"), 1, NOON, sha256(1), NOON,
          NOON));
      assertThat(stores().frames().waiting()).extracting(Frame::source).containsExactly(source);

      stores().frames().finish(frame.id(), FrameState.DROPPED, "newer ones came");

      assertThat(stores().frames().waiting()).isEmpty();
    }
  }

  @Test
  void everyWayToEndIsOneForTheStore() {
    int number = 0;
    for (var state : FrameState.values()) {
      if (state != FrameState.WAITING && state != FrameState.DONE) {
        number++;
        stores().frames().finish(take(stores(), number).id(), state, "");
      }
    }

    assertThat(stores().frames().waiting()).isEmpty();
  }

  @Test
  void noFrameIsFinishedAsWaitingOrDone() {
    var frame = take(stores(), 1);
    for (var state : List.of(FrameState.WAITING, FrameState.DONE)) {
      assertThatIllegalArgumentException().isThrownBy(() -> stores().frames().finish(frame.id(), state, ""));
    }
    assertThat(stores().frames().waiting()).containsExactly(frame);
  }
}
