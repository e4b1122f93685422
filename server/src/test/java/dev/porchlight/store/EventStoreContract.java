package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.PastEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Verdict;
import dev.porchlight.store.EventStore.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.JUDGEMENT;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.VERDICT;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.complete;
import static dev.porchlight.store.Samples.judgement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link EventStore} does. */
abstract class EventStoreContract {
  private static final Instant LATER = Instant.parse("2025-12-23T13:00:00.000001Z");

  /** What is said before the end of a batch. */
  private static final Judgement EARLY = new Judgement(VERDICT, RiskLevel.HIGH, ObjectGroup.PERSON, List.of(), false,
      false);

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

    var stored = stores().events().judge(asOpened, JUDGEMENT, LATER).stored();

    assertThat(stored).isEqualTo(new StoredEvent(
        new NewEvent(stored.event().id(), CAMERA, 75, RiskLevel.HIGH, VERDICT.summary(), VERDICT.reasoning(),
            NOON.plusSeconds(10), NOON.plusSeconds(30)),
        id, "rules", LATER, EventReview.NONE));
    assertThat(stores().events().find(stored.event().id())).contains(stored);
    assertThat(stores().events().find(stored.event().id() + 1)).isEmpty();
  }

  @Test
  void aBatchHasOneEventWhichASecondVerdictChanges() {
    var batch = closedBatch(stores(), CAMERA, 1);
    var first = stores().events().judge(batch, JUDGEMENT, LATER);
    var again = stores().events()
        .judge(batch, judgement(new Verdict(12, "A cat", "It is one.", "a model"), RiskLevel.LOW),
            LATER.plusSeconds(9));

    assertThat(first.isNew()).isTrue();
    assertThat(again.isNew()).isFalse();
    assertThat(again.stored().event().id()).isEqualTo(first.stored().event().id());
    assertThat(again.stored().event().riskLevel()).isEqualTo(RiskLevel.LOW);
    assertThat(again.stored().analyst()).isEqualTo("a model");
    assertThat(again.stored().createdAt()).isEqualTo(LATER);
    assertThat(stores().events().list(null, null, 10).items()).containsExactly(again.stored());
    assertThat(stores().events().ofBatch(batch.id())).contains(again.stored());
  }

  @Test
  void ofManyThreadsThatJudgeABatchOneMakesItsEvent() throws InterruptedException {
    var batch = closedBatch(stores(), CAMERA, 1);
    List<Callable<Judged>> judges = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      judges.add(() -> stores().events().judge(batch, JUDGEMENT, LATER));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(judges)).extracting(future -> future.get().isNew())
          .hasSize(16)
          .containsOnlyOnce(true);
    }
    assertThat(stores().events().list(null, null, 10).items()).hasSize(1);
  }

  @Test
  void anOpenOrUnknownBatchGetsNoFinalVerdict() {
    long open = complete(stores(), 1, null, null);

    for (long id : new long[]{open, 4_711}) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> stores().events().judge(new Batch(id, CAMERA, NOON, NOON), JUDGEMENT, LATER))
          .withMessageContaining("batch " + id)
          .matches(StoreException::isRefusal);
    }
    assertThat(stores().events().list(null, null, 10).items()).isEmpty();
  }

  @Test
  void aBatchThatIsJudgedBeforeItsEndIsJudgedAgainAtIt() {
    long id = complete(stores(), 10, null, null);
    var open = stores().batches().find(id).orElseThrow();
    var early = stores().events().judge(open, EARLY, LATER);
    complete(stores(), 30, null, id);
    stores().batches().close(id);

    assertThat(early.isNew()).isTrue();
    assertThat(early.stored().event().endedAt()).isEqualTo(NOON.plusSeconds(10));
    var closed = stores().batches().unjudged().getFirst();
    var last = stores().events().judge(closed, JUDGEMENT, LATER);
    assertThat(last.isNew()).isFalse();
    assertThat(last.stored().event().endedAt()).isEqualTo(NOON.plusSeconds(30));
    assertThat(stores().batches().unjudged()).isEmpty();
  }

  /** The batch may have been closed while its early verdict was thought about. */
  @Test
  void anEarlyVerdictOfABatchThatWasClosedMeanwhileIsNotItsLast() {
    var closed = closedBatch(stores(), CAMERA, 1);

    stores().events().judge(closed, EARLY, LATER);

    assertThat(stores().batches().unjudged()).containsExactly(closed);
  }

  @Test
  void aPersonsReviewStaysWhenTheEventIsJudgedAgain() {
    var batch = closedBatch(stores(), CAMERA, 1);
    long id = stores().events().judge(batch, JUDGEMENT, LATER).stored().event().id();

    var review = new EventReview(true, Opinion.FALSE_ALARM, "the neighbour's cat");
    assertThat(stores().events().review(id, _ -> review).orElseThrow().review()).isEqualTo(review);
    assertThat(stores().events().review(4_711, _ -> review)).isEmpty();

    assertThat(stores().events().judge(batch, JUDGEMENT, LATER).stored().review()).isEqualTo(review);
    assertThat(stores().events().find(id).orElseThrow().asUpdate().verdict()).isEqualTo("false_alarm");
  }

  @Test
  void thePastOfACameraIsItsOwnEventsOfThatTime() {
    for (int second : new int[]{5, 10, 15}) {
      stores().events().judge(closedBatch(stores(), CAMERA, second), JUDGEMENT, LATER);
    }
    var other = stores().events().judge(closedBatch(stores(), OTHER_CAMERA, 10), JUDGEMENT, LATER);
    long first = other.stored().event().id() - 3;
    stores().events().review(first + 1, _ -> new EventReview(true, Opinion.MISSED, ""));

    assertThat(stores().past().ofCamera(CAMERA, NOON.plusSeconds(5), NOON.plusSeconds(15), 10)).containsExactly(
        new PastEvent(ObjectGroup.PERSON, NOON.plusSeconds(10), 75, Opinion.MISSED),
        new PastEvent(ObjectGroup.PERSON, NOON.plusSeconds(5), 75, null));
    assertThat(stores().past().ofCamera(CAMERA, NOON, NOON.plusSeconds(60), 1)).hasSize(1);
  }

  @Test
  void eventsArePagedNewestFirstForOneCameraOrAll() {
    for (int i = 0; i < 3; i++) {
      stores().events().judge(closedBatch(stores(), CAMERA, i), JUDGEMENT, LATER);
      stores().events().judge(closedBatch(stores(), OTHER_CAMERA, i), JUDGEMENT, LATER);
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
