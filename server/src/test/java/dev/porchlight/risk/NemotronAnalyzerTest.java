package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Visit;
import dev.porchlight.risk.Model.Failure;
import dev.porchlight.store.AnalysisStore.Backlog;
import dev.porchlight.store.NamingEncoder;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcAnalysisStore;
import dev.porchlight.store.jdbc.JdbcBatchStore;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.JdbcEventStore;
import dev.porchlight.store.jdbc.JdbcFrameLedger;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.JdbcPastEvents;
import dev.porchlight.store.jdbc.SqliteDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class NemotronAnalyzerTest {
  private static final RiskConfig RISK = new RiskConfig(30, 60, 85);
  private static final Instant NOON = Instant.parse("2025-12-23T12:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(10);

  private final ScriptedModel model = new ScriptedModel();
  private final List<NewEvent> added = new CopyOnWriteArrayList<>();
  private final List<EventUpdate> updated = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger outOfMemory = new AtomicInteger();
  private int pictures;

  @TempDir
  private Path folder;
  private DataFolder data;
  private SqliteDatabase database;
  private JdbcFrameLedger ledger;
  private AnalystStores stores;
  private @Nullable NemotronAnalyzer analyzer;

  @BeforeEach
  void open() {
    data = DataFolder.open(folder.resolve("data"));
    database = SqliteDatabase.open(data, Clock.systemUTC());
    var journal = new JdbcJournal(database, new NamingEncoder());
    ledger = new JdbcFrameLedger(database, journal, (_, _) -> {});
    var cameras = new JdbcCameraStore(database);
    cameras.ensure("front", NOON);
    stores = new AnalystStores(new JdbcBatchStore(database), new JdbcEventStore(database, journal, RISK::levelOf),
        new JdbcAnalysisStore(database), cameras, new JdbcPastEvents(database));
  }

  @AfterEach
  void close() {
    if (analyzer != null) {
      analyzer.close();
    }
    database.close();
    data.close();
  }

  @Test
  void withoutALanguageModelRulesJudgeInTheOrderOfTheBatches() {
    List<Long> batches = List.of(closedBatch(), closedBatch(), closedBatch());
    start(null, LONG, 3);

    await().until(() -> added.size() == 3);
    assertThat(added).extracting(event -> event(event.id()).batchId()).containsExactlyElementsOf(batches);
    assertThat(added).allSatisfy(event -> assertThat(event(event.id()).analyst()).isEqualTo("rules"));
    assertThat(stores.analyses().backlog()).isEqualTo(new Backlog(0, Instant.EPOCH, 0));
    assertThat(updated).isEmpty();
  }

  @Test
  void theLanguageModelsVerdictIsTheEvent() {
    long batch = closedBatch();
    start(model, LONG, 3);

    await().until(() -> added.size() == 1);
    assertThat(event(added.getFirst().id()).analyst()).isEqualTo(ScriptedModel.NAME);
    assertThat(added.getFirst().riskScore()).isEqualTo(7);
    assertThat(model.asked()).singleElement().satisfies(asked -> assertThat(asked.isOver()).isTrue());
    assertThat(stores.analyses().ofBatch(batch)).extracting(Analysis::analyst).containsExactly(ScriptedModel.NAME);
  }

  @Test
  void whenTheModelHangsRulesAnswerInTimeAndTheEventIsAnalysedAgainWhenItIsBack() {
    var released = new CountDownLatch(1);
    model.does(ScriptedModel.hanging(released));
    long batch = closedBatch();
    Duration timeout = Duration.ofMillis(400);
    start(model, timeout, 100);

    await().until(() -> added.size() == 1);
    assertThat(model.allowed().getFirst()).isLessThanOrEqualTo(timeout);
    assertThat(event(added.getFirst().id()).analyst()).isEqualTo("rules");
    assertThat(added.getFirst().reasoning()).contains("scripted", "it TIMEOUT");

    released.countDown();
    await().until(() -> updated.size() == 1);
    assertThat(updated.getFirst().event().id()).isEqualTo(added.getFirst().id());
    assertThat(updated.getFirst().event().riskScore()).isEqualTo(7);
    assertThat(event(added.getFirst().id()).analyst()).isEqualTo(ScriptedModel.NAME);
    assertThat(stores.analyses().pending(batch)).isEmpty();
    assertThat(added).hasSize(1);
  }

  @Test
  void whileTheModelIsNotAskedRulesAnswerAtOnce() {
    model.setReady(false);
    closedBatch();
    start(model, LONG, 3);

    await().until(() -> added.size() == 1);
    assertThat(event(added.getFirst().id()).analyst()).isEqualTo("rules");
    assertThat(model.asked()).isEmpty();
    assertThat(analyzer().isModelReady()).isFalse();
  }

  @Test
  void whatWaitsIsAnalysedAgainTheNewestFirst() {
    model.does(ScriptedModel.failing(Failure.UNREACHABLE));
    List<Long> batches = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      batches.add(closedBatch());
    }
    model.setReady(false);
    start(model, LONG, 3);
    await().until(() -> added.size() == 4);

    model.does(ScriptedModel::answer);
    model.setReady(true);

    await().until(() -> updated.size() == 4);
    assertThat(updated).extracting(update -> event(update.event().id()).batchId())
        .containsExactlyElementsOf(batches.reversed());
  }

  @Test
  void aBatchThatTheModelCannotJudgeIsSetAsideAfterItsTriesAndTheOthersAreNot() {
    long poison = closedBatch();
    long good = closedBatch();
    model.setReady(false);
    start(model, LONG, 2);
    await().until(() -> added.size() == 2);

    model.does((situation, within) -> situation.batch().id() == poison
        ? ScriptedModel.failing(Failure.BAD_ANSWER).ask(situation, within)
        : ScriptedModel.answer(situation, within));
    model.setReady(true);

    await().until(() -> stores.analyses().backlog().setAside() == 1);
    await().until(() -> stores.analyses().pending(good).isEmpty());
    assertThat(stores.analyses().pending(poison)).hasValueSatisfying(pending -> {
      assertThat(pending.isSetAside()).isTrue();
      assertThat(pending.tries()).isEqualTo(2);
    });
    assertThat(stores.analyses().ofBatch(poison)).filteredOn(analysis -> analysis.failure() != null).hasSize(3);
    assertThat(updated).extracting(update -> event(update.event().id()).batchId()).containsExactly(good);
    assertThat(stores.events().ofBatch(poison).orElseThrow().analyst()).isEqualTo("rules");
  }

  /** A server that is away, or has no room, says nothing of the batch. */
  @Test
  void aServerThatIsAwayDoesNotCountAgainstABatch() {
    long batch = closedBatch();
    model.does(ScriptedModel.failing(Failure.UNREACHABLE));
    start(model, LONG, 1);

    await().until(() -> model.asked().size() >= 4);
    assertThat(stores.analyses().pending(batch)).hasValueSatisfying(pending -> {
      assertThat(pending.isSetAside()).isFalse();
      assertThat(pending.tries()).isZero();
    });
  }

  @Test
  void anUrgentBatchIsJudgedBeforeItsEndAndAgainAtIt() {
    long batch = openBatch();
    start(model, LONG, 3);
    analyzer().urgent(batch);
    await().until(() -> added.size() == 1);
    analyzer().urgent(batch);
    closed(batch);

    await().until(() -> updated.size() == 1);
    assertThat(model.asked()).extracting(Situation::isOver).containsExactly(false, true);
    assertThat(updated.getFirst().event().id()).isEqualTo(added.getFirst().id());
    assertThat(stores.batches().unjudged()).isEmpty();
  }

  @Test
  void aBatchThatIsClosedWhileItsEarlyVerdictIsThoughtAboutIsJudgedAfterIt() {
    var released = new CountDownLatch(1);
    model.does(ScriptedModel.hanging(released));
    long batch = openBatch();
    start(model, LONG, 3);
    analyzer().urgent(batch);
    await().until(() -> model.asked().size() == 1);
    closed(batch);
    assertThat(added).isEmpty();

    released.countDown();

    await().until(() -> updated.size() == 1);
    assertThat(added).hasSize(1);
    assertThat(model.asked()).extracting(Situation::isOver).containsExactly(false, true);
  }

  /** Two at a time are asked, 64 may wait, and nobody waits for longer than the time allowed: one after the other takes 128 s. */
  @Test
  void aCrowdOfBatchesIsJudgedInTimeWhileTheModelHangs() {
    model.does(ScriptedModel.hanging(new CountDownLatch(1)));
    for (int i = 0; i < 100; i++) {
      closedBatch();
    }
    start(model, Duration.ofSeconds(4), 3);

    await().atMost(Duration.ofSeconds(90)).until(() -> added.size() == 100);
    assertThat(model.mostAtOnce()).isEqualTo(2);
    assertThat(stores.analyses().backlog().waiting()).isEqualTo(100);
    assertThat(meters.counter("porchlight.analyst.fallbacks").count()).isEqualTo(100);
  }

  @Test
  void whatIsUnderWayAtTheStopIsJudgedAtTheNextStart() {
    model.does(ScriptedModel.hanging(new CountDownLatch(1)));
    long batch = closedBatch();
    start(model, LONG, 3);
    await().until(() -> model.asked().size() == 1);
    analyzer().close();
    assertThat(added).isEmpty();

    start(null, LONG, 3);

    await().until(() -> added.size() == 1);
    assertThat(stores.events().ofBatch(batch)).isPresent();
  }

  @Test
  void aPersonCanHaveAnEventAnalysedAgainOnTrialOrForGood() throws Exception {
    closedBatch();
    model.setReady(false);
    start(model, LONG, 3);
    await().until(() -> added.size() == 1);
    long id = added.getFirst().id();
    model.does((situation, within) -> ScriptedModel.answer(situation, within));
    analyzer().close();
    model.setReady(true);

    Judgement tried = analyzer().analyse(id, false).orElseThrow();
    assertThat(tried.verdict().riskScore()).isEqualTo(7);
    assertThat(event(id).analyst()).isEqualTo("rules");

    analyzer().analyse(id, true);
    assertThat(event(id).analyst()).isEqualTo(ScriptedModel.NAME);
    assertThat(updated).hasSize(1);
    assertThat(analyzer().analyse(4_711, true)).isEmpty();
  }

  @Test
  void twoDoNotAnalyseTheSameEventAtTheSameTime() throws Exception {
    closedBatch();
    start(null, LONG, 3);
    await().until(() -> added.size() == 1);
    analyzer().close();
    var released = new CountDownLatch(1);
    model.does(ScriptedModel.hanging(released));
    analyzer = analyzer(model, LONG, 3);
    long id = added.getFirst().id();
    Thread first = Thread.ofVirtual().start(() -> {
      try {
        analyzer().analyse(id, false);
      } catch (InterruptedException | NemotronAnalyzer.UnderWayException e) {
        throw new AssertionError(e);
      }
    });
    await().until(() -> model.asked().size() == 1);

    assertThatExceptionOfType(NemotronAnalyzer.UnderWayException.class)
        .isThrownBy(() -> analyzer().analyse(id, false));
    released.countDown();
    first.join();
    assertThat(analyzer().analyse(id, false)).isPresent();
  }

  /** With rules alone it is the thread of the analyst itself that fails, with a model one of its tasks. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void outOfMemoryIsNotTheEndOfTheAnalystNorOfTheBatch(boolean hasModel) {
    outOfMemory.set(2);
    closedBatch();
    start(hasModel ? model : null, LONG, 3);

    await().until(() -> added.size() == 1);
    assertThat(outOfMemory.get()).isNegative();
    closed(openBatch());
    await().until(() -> added.size() == 2);
    await().until(() -> analyzer().taskState().status() == Status.OK);
  }

  private List<Visit> visits(List<Detection> detections) {
    if (outOfMemory.getAndDecrement() > 0) {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
    return List.of();
  }

  private void start(@Nullable Model asked, Duration timeout, int tries) {
    analyzer = analyzer(asked, timeout, tries);
    analyzer.start();
  }

  private NemotronAnalyzer analyzer(@Nullable Model asked, Duration timeout, int tries) {
    var config = new AnalystConfig(null, AnalystConfig.Protocol.OPENAI, "", null, timeout, 2, tries,
        Duration.ofMillis(20), 0, Locale.ENGLISH);
    var news = new AnalystNews() {
      @Override
      public void added(NewEvent event) {
        added.add(event);
      }

      @Override
      public void updated(EventUpdate update) {
        updated.add(update);
      }
    };
    return new NemotronAnalyzer(RISK, config, new HomeConfig(ZoneOffset.UTC, null, ""), asked,
        stores, this::visits, news, Clock.systemUTC(), System::nanoTime, meters);
  }

  private NemotronAnalyzer analyzer() {
    return Objects.requireNonNull(analyzer);
  }

  private StoredEvent event(long id) {
    return stores.events().find(id).orElseThrow();
  }

  private long openBatch() {
    pictures++;
    var frame = Objects.requireNonNull(ledger.take(new Arrival("front", FrameSource.FOLDER,
        folder.resolve(pictures + ".jpg"), 1, NOON, "%064x".formatted(pictures), NOON.plusSeconds(pictures), NOON)));
    var person = new DetectedObject("person", 0.95, new Box(1, 2, 3, 4));
    return Objects.requireNonNull(ledger.complete(frame, List.of(person), null, null).batchId());
  }

  private long closedBatch() {
    long id = openBatch();
    stores.batches().close(id);
    return id;
  }

  private void closed(long batch) {
    stores.batches().close(batch);
    analyzer().batchClosed();
  }
}
