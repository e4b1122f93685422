package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.VERDICT;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.complete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link EventStore} does. */
abstract class EventStoreContract {
  private static final Instant LATER = Instant.parse("2025-12-23T13:00:00.000001Z");

  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void anEventHasTheVerdictAndTheTimesOfItsBatch() {
    long id = complete(stores(), 20, null, null);
    var asOpened = stores().batches().find(id).orElseThrow();
    complete(stores(), 10, null, id);
    complete(stores(), 30, null, id);
    stores().batches().close(id);

    var stored = stores().events().add(asOpened, VERDICT, RiskLevel.HIGH, LATER).orElseThrow();

    assertThat(stored).isEqualTo(new StoredEvent(
        new NewEvent(stored.event().id(), CAMERA, 75, RiskLevel.HIGH, VERDICT.summary(), VERDICT.reasoning(),
            NOON.plusSeconds(10), NOON.plusSeconds(30)),
        id, "rules", LATER));
    assertThat(stores().events().find(stored.event().id())).contains(stored);
    assertThat(stores().events().find(stored.event().id() + 1)).isEmpty();
  }

  @Test
  void aBatchHasOneEvent() {
    var batch = closedBatch(stores(), CAMERA, 1);
    var first = stores().events().add(batch, VERDICT, RiskLevel.HIGH, LATER);

    assertThat(stores().events().add(batch, VERDICT, RiskLevel.LOW, LATER)).isEmpty();
    assertThat(stores().events().list(null, null, 10).items()).containsExactly(first.orElseThrow());
  }

  @Test
  void ofManyThreadsThatJudgeABatchOneStoresItsEvent() throws InterruptedException {
    var batch = closedBatch(stores(), CAMERA, 1);
    List<Callable<Optional<StoredEvent>>> judges = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      judges.add(() -> stores().events().add(batch, VERDICT, RiskLevel.HIGH, LATER));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(judges)).extracting(future -> future.get().isPresent())
          .hasSize(16)
          .containsOnlyOnce(true);
    }
    assertThat(stores().events().list(null, null, 10).items()).hasSize(1);
  }

  @Test
  void anOpenOrUnknownBatchGetsNoEvent() {
    long open = complete(stores(), 1, null, null);

    for (long id : new long[]{open, 4_711}) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores().events().add(new Batch(id, CAMERA, NOON, NOON), VERDICT, RiskLevel.LOW, LATER))
          .withMessageContaining("batch " + id);
    }
    assertThat(stores().events().list(null, null, 10).items()).isEmpty();
  }

  @Test
  void eventsArePagedNewestFirstForOneCameraOrAll() {
    for (int i = 0; i < 3; i++) {
      stores().events().add(closedBatch(stores(), CAMERA, i), VERDICT, RiskLevel.HIGH, LATER);
      stores().events().add(closedBatch(stores(), OTHER_CAMERA, i), VERDICT, RiskLevel.HIGH, LATER);
    }

    var first = stores().events().list(null, null, 4);
    var second = stores().events().list(null, first.next(), 4);
    var own = stores().events().list(CAMERA, null, 4);

    assertThat(first.items()).hasSize(4);
    assertThat(second.items()).hasSize(2);
    assertThat(second.next()).isNull();
    assertThat(first.items()).extracting(stored -> stored.event().id())
        .isSortedAccordingTo((a, b) -> Long.compare(b, a))
        .allMatch(id -> id > second.items().getFirst().event().id());
    assertThat(own.items()).hasSize(3).allMatch(stored -> stored.event().cameraId().equals(CAMERA));
    assertThatIllegalArgumentException().isThrownBy(() -> stores().events().list(null, null, 201));
  }
}
