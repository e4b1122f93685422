package dev.porchlight.store;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Analysis.Exchange;
import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.store.AnalysisStore.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.JUDGEMENT;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.VERDICT;
import static dev.porchlight.store.Samples.closedBatch;
import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link AnalysisStore} does. */
abstract class AnalysisStoreContract {
  private static final Analysis FAILED = new Analysis("nemotron", NOON.plusMillis(1), Duration.ofMillis(1_500),
      List.of(new Exchange("What happened?", "\"prose\" \uD83E\uDD8A"), new Exchange("As JSON, please.", "")),
      List.of(3L, 7L), 1_200L, null, "the answer is no JSON");

  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void whoWasAskedIsKeptInOrderAsItWas() {
    Batch batch = closedBatch(stores(), CAMERA, 1);
    Analysis rules = Analysis.silent("rules", NOON, Duration.ZERO);

    stores().events().judge(batch, withoutModel(List.of(FAILED, rules)), NOON);

    assertThat(stores().analyses().ofBatch(batch.id())).containsExactly(FAILED, rules);
    assertThat(stores().analyses().ofBatch(4_711)).isEmpty();
  }

  @Test
  void onlyTheLastAnalysesOfABatchAreKept() {
    Batch batch = closedBatch(stores(), CAMERA, 1);
    stores().events().judge(batch, withoutModel(List.of()), NOON);
    for (int i = 0; i < 2 * AnalysisStore.MOST_OF_A_BATCH; i++) {
      stores().analyses().failed(batch.id(), Analysis.silent("model " + i, NOON, Duration.ZERO), false, 3);
    }

    assertThat(stores().analyses().ofBatch(batch.id())).extracting(Analysis::analyst)
        .hasSize(AnalysisStore.MOST_OF_A_BATCH)
        .endsWith("model 15")
        .startsWith("model 8");
  }

  @Test
  void whatTheModelCouldNotJudgeWaitsNewestFirstUntilItHas() {
    Batch first = closedBatch(stores(), CAMERA, 1);
    Batch second = closedBatch(stores(), CAMERA, 2);
    stores().events().judge(first, withoutModel(List.of()), NOON.plusSeconds(1));
    stores().events().judge(second, withoutModel(List.of()), NOON.plusSeconds(2));
    stores().events().judge(closedBatch(stores(), CAMERA, 3), JUDGEMENT, NOON);

    assertThat(stores().analyses().waiting(10)).containsExactly(second, first);
    assertThat(stores().analyses().waiting(1)).containsExactly(second);
    assertThat(stores().analyses().backlog()).isEqualTo(new Backlog(2, NOON.plusSeconds(1), 0));

    stores().events().judge(second, JUDGEMENT, NOON);
    assertThat(stores().analyses().waiting(10)).containsExactly(first);
  }

  @Test
  void afterItsTriesABatchIsSetAsideWithWhatWasSaid() {
    Batch batch = closedBatch(stores(), CAMERA, 1);
    stores().events().judge(batch, withoutModel(List.of()), NOON);

    stores().analyses().failed(batch.id(), FAILED, false, 2);
    stores().analyses().failed(batch.id(), FAILED, true, 2);
    assertThat(stores().analyses().waiting(10)).containsExactly(batch);
    stores().analyses().failed(batch.id(), FAILED, true, 2);

    assertThat(stores().analyses().waiting(10)).isEmpty();
    assertThat(stores().analyses().backlog()).isEqualTo(new Backlog(0, Instant.EPOCH, 1));
    assertThat(stores().analyses().ofBatch(batch.id())).containsExactly(FAILED, FAILED, FAILED);
  }

  /** Its event may be there already; before its end it is not put before the model again. */
  @Test
  void anOpenBatchDoesNotWait() {
    long open = Samples.complete(stores(), 1, null, null);
    stores().events()
        .judge(stores().batches().find(open).orElseThrow(),
            new Judgement(VERDICT, RiskLevel.HIGH, ObjectGroup.PERSON, List.of(), false, true), NOON);

    assertThat(stores().analyses().waiting(10)).isEmpty();
  }

  private static Judgement withoutModel(List<Analysis> analyses) {
    return new Judgement(VERDICT, RiskLevel.HIGH, ObjectGroup.PERSON, analyses, true, true);
  }
}
