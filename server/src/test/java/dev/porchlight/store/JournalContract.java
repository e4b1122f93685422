package dev.porchlight.store;

import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.domain.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.CAMERA;
import static dev.porchlight.store.Samples.DOG;
import static dev.porchlight.store.Samples.JUDGEMENT;
import static dev.porchlight.store.Samples.NOON;
import static dev.porchlight.store.Samples.OTHER_CAMERA;
import static dev.porchlight.store.Samples.PERSON;
import static dev.porchlight.store.Samples.arrival;
import static dev.porchlight.store.Samples.closedBatch;
import static dev.porchlight.store.Samples.complete;
import static dev.porchlight.store.Samples.judgement;
import static dev.porchlight.store.Samples.take;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What every {@link Journal} does. */
abstract class JournalContract {
  private static final int ALL = 10_000;

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
  void aJournalBeginsEmptyWithAnEpochOfLettersAndDigits() {
    assertThat(journal().epoch()).matches("[A-Za-z0-9]{8,}");
    assertThat(journal().first()).isEqualTo(1);
    assertThat(journal().head()).isZero();
    assertThat(journal().read(0, ALL)).isEmpty();
    assertThat(journal().prune(NOON.plusSeconds(1), 0, Long.MAX_VALUE)).isZero();
  }

  @Test
  void detectionsAreWrittenInTheOrderGivenWithTheNextNumbers() {
    timeIs(NOON.plusSeconds(5));
    var batch = complete(stores(), 1, null, null);
    var completion = stores().frames().complete(take(stores(), 2), List.of(DOG, PERSON), null, batch);

    var entries = journal().read(1, ALL);

    assertThat(entries).extracting(JournalEntry::seq).containsExactly(2L, 3L);
    assertThat(entries).extracting(JournalEntry::id).containsExactlyElementsOf(ids(completion.detections()));
    assertThat(entries).extracting(JournalEntry::type).containsOnly("detection");
    assertThat(entries).extracting(JournalEntry::cameraId).containsOnly(CAMERA);
    assertThat(entries).extracting(JournalEntry::riskScore).containsOnlyNulls();
    assertThat(entries).extracting(JournalEntry::writtenAt).containsOnly(NOON.plusSeconds(5));
    assertThat(entries).extracting(JournalContract::text)
        .containsExactly("detection " + entries.getFirst().id() + ": dog",
            "detection " + entries.getLast().id() + ": person");
    holds(1, 3);
  }

  @Test
  void theDetectionsOfALateFrameAreWritten() {
    var completion = stores().frames().completeApart(take(stores(), arrival(OTHER_CAMERA, 1)), List.of(PERSON, DOG));

    assertThat(journal().read(0, ALL)).extracting(JournalEntry::id)
        .containsExactlyElementsOf(ids(completion.detections()));
    holds(1, 2);
  }

  @Test
  void anEmptyPictureIsNotWritten() {
    stores().frames().complete(take(stores(), 1), List.of(), null, null);

    holds(1, 0);
  }

  @Test
  void anEventIsWrittenWithItsScoreAndAnyText() {
    var verdict = new Verdict(75, "Zwei Füchse \uD83E\uDD8A am \"Tor\"", "", "rules");
    var batch = closedBatch(stores(), OTHER_CAMERA, 1);

    var stored = stores().events().judge(batch, judgement(verdict, RiskLevel.HIGH), NOON).stored();

    assertThat(journal().read(1, ALL)).singleElement().satisfies(entry -> {
      assertThat(entry.seq()).isEqualTo(2);
      assertThat(entry.type()).isEqualTo("new_event");
      assertThat(entry.id()).isEqualTo(stored.event().id());
      assertThat(entry.cameraId()).isEqualTo(OTHER_CAMERA);
      assertThat(entry.riskScore()).isEqualTo(75);
      assertThat(text(entry)).isEqualTo("event " + entry.id() + ": " + verdict.summary());
    });
    holds(1, 2);
  }

  @Test
  void whatBecomesOfAnEventLaterIsWrittenAsItsUpdate() {
    var batch = closedBatch(stores(), CAMERA, 1);
    var event = stores().events().judge(batch, JUDGEMENT, NOON).stored().event();

    stores().events().judge(batch, judgement(new Verdict(5, "Nothing", "", "a model"), RiskLevel.LOW), NOON);
    stores().events().review(event.id(), _ -> new EventReview(true, Opinion.FALSE_ALARM, "the cat"));
    stores().events().review(4_711, review -> review);

    assertThat(journal().read(2, ALL)).allSatisfy(entry -> {
      assertThat(entry.type()).isEqualTo("event_updated");
      assertThat(entry.id()).isEqualTo(event.id());
      assertThat(entry.riskScore()).isEqualTo(5);
    })
        .extracting(entry -> new String(requireNonNull(entry.change()).updated(), StandardCharsets.UTF_8))
        .containsExactly("event 1 again: Nothing, false, null", "event 1 again: Nothing, true, false_alarm");
    holds(1, 4);
  }

  @Test
  void whatIsRefusedIsNotWrittenAndTakesNoNumber() {
    var frame = take(stores(), 1);
    long open = stores().frames().complete(frame, List.of(PERSON), null, null).detections().getFirst().batchId();
    var batch = stores().batches().find(open).orElseThrow();
    refused(() -> stores().frames().complete(frame, List.of(PERSON), null, open));
    refused(() -> stores().frames().completeApart(frame, List.of(PERSON)));
    refused(() -> stores().events().judge(batch, JUDGEMENT, NOON));
    holds(1, 1);

    stores().batches().close(open);
    stores().events().judge(batch, JUDGEMENT, NOON);
    holds(1, 2);
    closedBatch(stores(), CAMERA, 2);
    holds(1, 3);
  }

  @Test
  void entriesAreReadInPages() {
    completeApart(1, 7);

    assertThat(seqs(journal().read(0, 3))).containsExactly(1L, 2L, 3L);
    assertThat(seqs(journal().read(3, 3))).containsExactly(4L, 5L, 6L);
    assertThat(seqs(journal().read(6, 3))).containsExactly(7L);
    assertThat(journal().read(7, 3)).isEmpty();
    assertThat(journal().read(Long.MAX_VALUE, 3)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> journal().read(0, 0));
  }

  @Test
  void epochAndNumbersOutliveARestart() {
    completeApart(1, 3);
    journal().prune(NOON, 2, Long.MAX_VALUE);
    var epoch = journal().epoch();

    reopen();

    assertThat(journal().epoch()).isEqualTo(epoch);
    holds(2, 3);
    completeApart(2, 1);
    holds(2, 4);
  }

  @Test
  void numbersGoOnAfterEverythingWasForgotten() {
    completeApart(1, 3);

    assertThat(journal().prune(NOON, 0, Long.MAX_VALUE)).isEqualTo(3);

    holds(4, 3);
    reopen();
    holds(4, 3);
    completeApart(2, 2);
    holds(4, 5);
  }

  @Test
  void theOldestBeyondACountAreForgottenHoweverMany() {
    completeApart(1, 1_203);

    assertThat(journal().prune(NOON, 1_203, Long.MAX_VALUE)).isZero();
    assertThat(journal().prune(NOON, 3, Long.MAX_VALUE)).isEqualTo(1_200);

    holds(1_201, 1_203);
    assertThat(journal().prune(NOON, 3, Long.MAX_VALUE)).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> journal().prune(NOON, -1, Long.MAX_VALUE));
  }

  @Test
  void whatIsOlderThanAnInstantIsForgottenHoweverMuch() {
    completeApart(1, 1_000);
    timeIs(NOON.plusNanos(1_000));
    completeApart(2, 2);

    assertThat(journal().prune(NOON, ALL, Long.MAX_VALUE)).isZero();
    assertThat(journal().prune(NOON.plusNanos(1_000), ALL, Long.MAX_VALUE)).isEqualTo(1_000);
    holds(1_001, 1_002);
    assertThat(journal().prune(Instant.MAX, ALL, Long.MAX_VALUE)).isEqualTo(2);
    holds(1_003, 1_002);
  }

  @Test
  void whatIsNotSentYetIsNotForgottenHoweverOldItIs() {
    completeApart(1, 5);

    assertThat(journal().prune(Instant.MAX, 0, 2)).isEqualTo(2);
    holds(3, 5);
    assertThat(journal().prune(Instant.MAX, 0, 1)).isZero();
    assertThat(journal().prune(Instant.MAX, 0, 5)).isEqualTo(3);
    holds(6, 5);
  }

  @Test
  void aClockThatWasWrongForAWhileForgetsNothingYoung() {
    completeApart(1, 2);
    timeIs(Instant.EPOCH);
    completeApart(2, 2);

    assertThat(journal().prune(NOON, ALL, Long.MAX_VALUE)).isZero();
    holds(1, 4);
    assertThat(journal().prune(NOON.plusSeconds(1), ALL, Long.MAX_VALUE)).isEqualTo(4);
  }

  @Test
  void manyWritersMakeOneOrderAndEachFindsItsOwnBelowTheHead() throws Exception {
    int writers = 8;
    int each = 20;
    List<Callable<Boolean>> work = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      int from = writer * each;
      work.add(() -> {
        boolean found = true;
        for (int i = from; i < from + each; i++) {
          long before = journal().head();
          var stored = completeApart(i, 2);
          long head = journal().head();
          found &= journal().read(before, Math.toIntExact(head - before))
              .stream()
              .map(JournalEntry::id)
              .toList()
              .containsAll(ids(stored));
        }
        return found;
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
    holds(1, 2L * writers * each);
    assertThat(journal().read(0, ALL)).extracting(JournalEntry::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void writersAndPrunersAtOnceLeaveAWholeTail() throws Exception {
    int threads = 4;
    List<Callable<Integer>> work = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int from = thread * 20;
      work.add(() -> {
        int forgotten = 0;
        for (int i = from; i < from + 20; i++) {
          completeApart(i, 2);
          forgotten += journal().prune(NOON, 5, Long.MAX_VALUE);
        }
        return forgotten;
      });
    }
    int forgotten = 0;
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : pool.invokeAll(work)) {
        forgotten += done.get();
      }
    }
    assertThat(forgotten).isEqualTo(155);
    holds(156, 160);
  }

  @Test
  void theTailIsWhatAllLimitsAllowAndEndsAtTheFirstEntryThatDoesNotFit() {
    Instant early = NOON.plusSeconds(1);
    assertThat(journal().beforeTail(10, 1_000, NOON)).isZero();
    timeIs(NOON.plusSeconds(2));
    completeApart(1, 2);
    timeIs(early);
    completeApart(2, 1);
    timeIs(NOON.plusSeconds(3));
    completeApart(3, 2);
    int bytes = journal().read(4, 1).getFirst().message().length;

    assertThat(journal().beforeTail(10, 1_000, NOON)).as("all").isZero();
    assertThat(journal().beforeTail(4, 1_000, NOON)).as("four").isEqualTo(1);
    assertThat(journal().beforeTail(10, 2L * bytes, NOON)).as("the bytes of two").isEqualTo(3);
    assertThat(journal().beforeTail(10, bytes - 1, NOON)).as("the bytes of none").isEqualTo(5);
    assertThat(journal().beforeTail(10, 1_000, early)).as("since the oldest time").isZero();
    assertThat(journal().beforeTail(10, 1_000, early.plusMillis(1))).as("the third is too old").isEqualTo(3);
  }

  private Journal journal() {
    return stores().journal();
  }

  /** Stores so many detections, of one late frame. */
  private List<StoredDetection> completeApart(int number, int detections) {
    var objects = LongStream.range(0, detections).mapToObj(_ -> PERSON).toList();
    return stores().frames().completeApart(take(stores(), number), objects).detections();
  }

  /** Asserts that the journal says that it holds these, and that it does. */
  private void holds(long first, long head) {
    assertThat(journal().first()).as("first").isEqualTo(first);
    assertThat(journal().head()).as("head").isEqualTo(head);
    assertThat(seqs(journal().read(0, ALL))).containsExactlyElementsOf(LongStream.rangeClosed(first, head)
        .boxed()
        .toList());
  }

  private static List<Long> seqs(List<JournalEntry> entries) {
    return entries.stream().map(JournalEntry::seq).toList();
  }

  private static List<Long> ids(List<StoredDetection> detections) {
    return detections.stream().map(stored -> stored.detection().id()).toList();
  }

  private static String text(JournalEntry entry) {
    return new String(entry.message(), StandardCharsets.UTF_8);
  }

  private static void refused(Runnable write) {
    assertThatExceptionOfType(StoreException.class).isThrownBy(write::run);
  }
}
