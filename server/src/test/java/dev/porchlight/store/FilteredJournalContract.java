package dev.porchlight.store;

import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import dev.porchlight.store.Journal.Stretch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.PERSON;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.judgement;
import static dev.porchlight.store.Samples.take;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What every {@link Journal} finds for a filter, and how far it says it has looked. Seen to fail when a stretch ends
 * before a row that is wanted, and when what was pruned below it goes unnoticed.
 */
abstract class FilteredJournalContract {
  private static final JournalFilter OF_OTHER_CAMERA = new JournalFilter(Set.of(), Set.of(OTHER_CAMERA), 0);

  abstract Stores stores();

  @BeforeEach
  void makeTheCamerasKnown() {
    Samples.ensureCameras(stores());
  }

  @Test
  void everythingIsFoundInPages() {
    detections(CAMERA, 7);

    Stretch first = read(0, 3, JournalFilter.ALL);
    Stretch last = read(6, 3, JournalFilter.ALL);

    assertThat(seqs(first)).containsExactly(1L, 2L, 3L);
    assertThat(first.to()).isEqualTo(3);
    assertThat(seqs(last)).containsExactly(7L);
    assertThat(last.to()).isEqualTo(7);
    assertThat(read(7, 3, JournalFilter.ALL)).isEqualTo(new Stretch(List.of(), 7));
    assertThat(read(99, 3, JournalFilter.ALL)).isEqualTo(new Stretch(List.of(), 99));
    assertThatIllegalArgumentException().isThrownBy(() -> read(0, 0, JournalFilter.ALL));
  }

  @Test
  void whatIsLeftOutIsLookedAtAllTheSame() {
    detections(CAMERA, 5);
    detections(OTHER_CAMERA, 2);
    detections(CAMERA, 3);

    assertThat(seqs(read(0, 10, OF_OTHER_CAMERA))).containsExactly(6L, 7L);
    assertThat(read(0, 10, OF_OTHER_CAMERA).to()).isEqualTo(10);
    assertThat(read(0, 1, OF_OTHER_CAMERA).to()).isEqualTo(6);
    assertThat(read(0, 10, new JournalFilter(Set.of("new_event"), Set.of(), 0))).isEqualTo(new Stretch(List.of(), 10));
  }

  /** A filter that lets one of thousands through must not hold its reader up, nor make it pass over that one. */
  @Test
  void oneReadingLooksAtABoundedStretchAndTheNextGoesOnFromThere() {
    detections(CAMERA, 6_500);
    detections(OTHER_CAMERA, 1);
    List<Long> found = new ArrayList<>();
    List<Long> stops = new ArrayList<>();

    for (long to = 0; to < 6_501;) {
      Stretch stretch = read(to, 10, OF_OTHER_CAMERA);
      assertThat(stretch.to()).isGreaterThan(to).isLessThanOrEqualTo(to + 2_000);
      found.addAll(seqs(stretch));
      to = stretch.to();
      stops.add(to);
    }

    assertThat(found).containsExactly(6_501L);
    assertThat(stops).hasSize(4);
  }

  @Test
  void whatHasBeenForgottenIsNotPassedOver() {
    detections(CAMERA, 5_000);
    stores().journal().prune(NOON, 1_000, Long.MAX_VALUE);

    assertThat(stores().journal().read(0, 10, JournalFilter.ALL)).isNull();
    assertThat(stores().journal().read(0, 10, OF_OTHER_CAMERA)).isNull();
    assertThat(stores().journal().read(3_999, 10, OF_OTHER_CAMERA)).isNull();
    assertThat(read(4_000, 10, OF_OTHER_CAMERA).to()).isEqualTo(5_000);

    stores().journal().prune(Instant.MAX, 0, Long.MAX_VALUE);
    assertThat(stores().journal().read(4_999, 10, OF_OTHER_CAMERA)).isNull();
    assertThat(read(5_000, 10, OF_OTHER_CAMERA).to()).isEqualTo(5_000);
  }

  /** Its messages: the detection, told at 20, raised to 70, fallen to 40. */
  @Test
  void anEventIsFoundByTheTypeThatTheClientGets() {
    var batch = closedBatch(stores(), CAMERA, 1);
    for (int score : new int[]{20, 70, 40}) {
      stores().events().judge(batch, judgement(new Verdict(score, "", "", "rules"), RiskLevel.LOW), NOON);
    }

    assertThat(found(Set.of(), 0)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(found(Set.of(), 60)).containsExactly(1L, 3L, 4L);
    assertThat(found(Set.of(), 71)).containsExactly(1L);
    assertThat(found(Set.of("new_event"), 0)).containsExactly(2L);
    assertThat(found(Set.of("new_event"), 60)).containsExactly(3L);
    assertThat(found(Set.of("event_updated"), 0)).containsExactly(3L, 4L);
    assertThat(found(Set.of("event_updated"), 60)).containsExactly(4L);
    assertThat(found(Set.of("event_updated", "detection"), 60)).containsExactly(1L, 4L);
  }

  private List<Long> found(Set<String> types, int minRisk) {
    return seqs(read(0, 10, new JournalFilter(types, Set.of(), minRisk)));
  }

  private Stretch read(long after, int limit, JournalFilter filter) {
    @Nullable
    Stretch stretch = stores().journal().read(after, limit, filter);
    return requireNonNull(stretch);
  }

  private void detections(String camera, int count) {
    int next = Math.toIntExact(stores().journal().head());
    stores().frames().completeApart(take(stores(), arrival(camera, next)), Collections.nCopies(count, PERSON));
  }

  private static List<Long> seqs(Stretch stretch) {
    return stretch.entries().stream().map(JournalEntry::seq).toList();
  }
}
