package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import dev.porchlight.store.JournalEntry.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.complete;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the journal of every {@link EventStore} says of an event that changes: levels begin at 30, 60 and 85. Seen to fail
 * when falls lower what was told.
 */
abstract class TellingContract {
  abstract Stores stores();

  /** Closes the store and opens it again. */
  abstract void reopen();

  /** Sets the store's clock. */
  abstract void timeIs(Instant time);

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void theFirstMessageOfAnEventChangesNothing() {
    var batch = closedBatch(stores(), CAMERA, 1);

    judge(batch, 20);

    assertThat(last().type()).isEqualTo("new_event");
    assertThat(last().change()).isNull();
    assertThat(text(last().message())).isEqualTo("event 1: score 20");
  }

  @Test
  void aChangeHasBothTextsAndWhatWasToldBefore() {
    var batch = closedBatch(stores(), CAMERA, 1);
    judge(batch, 20);

    judge(batch, 70);

    assertThat(last().type()).isEqualTo("event_updated");
    assertThat(last().riskScore()).isEqualTo(70);
    assertThat(text(last().message())).isEqualTo("event 1: score 70");
    assertThat(text(change().updated())).isEqualTo("event 1 again: score 70, false, null");
    assertChange(20, true, false);
  }

  @Test
  void whatWasToldRisesAndNeverFalls() {
    var batch = closedBatch(stores(), CAMERA, 1);
    judge(batch, 40);

    judge(batch, 10);
    assertChange(40, false, false);
    judge(batch, 59);
    assertChange(40, false, false);
    judge(batch, 60);
    assertChange(59, true, false);
    judge(batch, 30);
    assertChange(60, false, false);
    judge(batch, 100);
    assertChange(60, true, false);
    judge(batch, 100);
    assertChange(100, false, false);
  }

  @Test
  void whatWasToldOutlivesARestart() {
    var batch = closedBatch(stores(), CAMERA, 1);
    judge(batch, 70);
    judge(batch, 40);

    reopen();
    judge(batch, 65);

    assertChange(70, false, false);
  }

  @Test
  void aReviewRaisesNothing() {
    var batch = closedBatch(stores(), CAMERA, 1);
    judge(batch, 70);
    judge(batch, 40);

    stores().events().review(1, _ -> new EventReview(true, null, ""));

    assertThat(last().riskScore()).isEqualTo(40);
    assertThat(text(change().updated())).isEqualTo("event 1 again: score 40, true, null");
    assertChange(70, false, false);
  }

  @Test
  void tenMinutesAfterItsBatchWasClosedNothingIsNewAnyMore() {
    timeIs(NOON);
    var batch = closedBatch(stores(), CAMERA, 1);
    judge(batch, 20);

    timeIs(NOON.plus(Duration.ofMinutes(10)).minusNanos(1_000));
    judge(batch, 40);
    assertChange(20, true, false);

    timeIs(NOON.plus(Duration.ofMinutes(10)));
    judge(batch, 70);
    assertChange(40, true, true);
  }

  @Test
  void whatNobodyHasHeardOfIsNewHoweverLate() {
    timeIs(NOON);
    var batch = closedBatch(stores(), CAMERA, 1);

    timeIs(NOON.plus(Duration.ofDays(1)));
    judge(batch, 20);

    assertThat(last().type()).isEqualTo("new_event");
    assertThat(last().change()).isNull();
  }

  /** Its pictures may be of yesterday, and it may have lasted for hours. */
  @Test
  void anEventWhoseBatchIsOpenIsNeverLate() {
    timeIs(NOON);
    long open = complete(stores(), 1, null, null);
    var batch = stores().batches().find(open).orElseThrow();
    stores().events().judge(batch, judgement(20, false), NOON);

    timeIs(NOON.plus(Duration.ofDays(1)));
    stores().events().judge(batch, judgement(40, false), NOON);
    assertChange(20, true, false);
    stores().batches().close(open);
    judge(batch, 70);
    assertChange(40, true, false);
  }

  private void judge(Batch batch, int score) {
    stores().events().judge(batch, judgement(score, true), NOON);
  }

  private static Judgement judgement(int score, boolean isFinal) {
    return new Judgement(new Verdict(score, "score " + score, "", "rules"), RiskLevel.LOW, ObjectGroup.PERSON,
        List.of(),
        isFinal, false);
  }

  private JournalEntry last() {
    return stores().journal().read(stores().journal().head() - 1, 1).getFirst();
  }

  private Change change() {
    return requireNonNull(last().change());
  }

  private void assertChange(int told, boolean rose, boolean isLate) {
    assertThat(change()).returns(told, Change::told).returns(rose, Change::rose).returns(isLate, Change::isLate);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
