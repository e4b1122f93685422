package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.ClipArrival;
import dev.porchlight.domain.ClipState;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import dev.porchlight.store.JournalFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.porchlight.store.jdbc.TestStore.CAMERA;
import static dev.porchlight.store.jdbc.TestStore.NOON;
import static dev.porchlight.store.jdbc.TestStore.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

/** A store of years answers like one of a day: nothing that the ports ask walks through a table or sorts it. */
final class QueryPlanTest {
  @TempDir
  private Path home;

  @Test
  void everythingThePortsAskIsFoundByAnIndex() {
    try (var store = TestStore.open(home.resolve("data"))) {
      var asked = Collections.synchronizedList(new ArrayList<String>());
      Jdbi readers = store.database.read("test", handle -> handle.getJdbi());
      Jdbi writer = store.database.write("test", handle -> handle.getJdbi());
      readers.setSqlLogger(new Recorder(asked));
      writer.setSqlLogger(new Recorder(asked));

      useEveryPort(store);

      readers.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
      writer.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
      var statements = asked.stream().distinct().filter(sql -> sql.matches("(?s)(SELECT|UPDATE|DELETE).*")).toList();
      assertThat(statements).hasSizeGreaterThan(15);
      for (var sql : statements) {
        assertThat(plan(store, sql)).as(sql)
            .noneMatch(step -> step.matches("SCAN (frames|batches|detections|events|gpu_stats|journal|clips)"))
            .noneMatch(step -> step.contains("TEMP B-TREE"));
      }
    }
  }

  private static void useEveryPort(TestStore store) {
    var frame = store.take(1);
    var file = new FileVersion(frame.path(), frame.size(), NOON);
    store.frames.known(CAMERA, Collections.nCopies(2, file));
    store.frames.decodedSince(frame, NOON);
    store.frames.waiting();
    store.frames.countDeaths(List.of(frame.id()));
    long batch = store.frames.complete(frame, List.of(PERSON), null, null).detections().getFirst().batchId();
    store.frames.complete(store.take(2), List.of(PERSON), null, batch);
    store.batches.open();
    store.batches.detections(batch);
    store.batches.close(batch);
    store.batches.unjudged();
    var events = new JdbcEventStore(store.database, store.journal, _ -> RiskLevel.LOW);
    var verdict = new Verdict(1, "", "", "rules");
    var analysis = Analysis.silent("rules", NOON, Duration.ZERO);
    var judged = store.batches.find(batch).orElseThrow();
    var event = events.judge(judged,
        new Judgement(verdict, RiskLevel.LOW, ObjectGroup.PERSON, List.of(analysis), true, true), NOON)
        .stored()
        .event();
    events.review(event.id(), review -> review);
    var analyses = new JdbcAnalysisStore(store.database);
    analyses.ofBatch(batch);
    analyses.failed(batch, analysis, true, 3);
    analyses.waiting(10);
    new JdbcPastEvents(store.database).ofCamera(CAMERA, NOON, NOON, 10);
    var detections = new JdbcDetectionStore(store.database);
    detections.find(1);
    detections.picture(1);
    for (var camera : new String[]{CAMERA, null}) {
      events.list(camera, null, 10);
      detections.list(camera, null, 10);
    }
    new JdbcGpuStatsStore(store.database).forgetBefore(NOON);
    var clips = new JdbcClipLedger(store.database);
    var clip = clips.begin(new ClipArrival(CAMERA, file, null, null, NOON));
    clips.advance(Objects.requireNonNull(clip).id(), Duration.ofSeconds(1), 2);
    clips.known(CAMERA, List.of(file));
    clips.reading();
    clips.finish(clip.id(), ClipState.DONE, "");
    new JdbcFrameStore(store.database).latest(CAMERA, 5);
    var cameras = new JdbcCameraStore(store.database);
    cameras.forget(CAMERA, 10);
    cameras.forget(CAMERA, 10);
    store.journal.read(0, 10);
    store.journal.read(0, 10, new JournalFilter(Set.of("detection"), Set.of(CAMERA), 60));
    store.journal.prune(NOON, 1, Long.MAX_VALUE);
  }

  /** By JDBC alone: a plan needs no values for the parameters, but Jdbi insists on them. */
  private static List<String> plan(TestStore store, String sql) {
    return store.database.write("test", handle -> {
      try (var explain = handle.getConnection().prepareStatement("EXPLAIN QUERY PLAN " + sql);
          var rows = explain.executeQuery()) {
        var steps = new ArrayList<String>();
        while (rows.next()) {
          steps.add(rows.getString("detail"));
        }
        return steps;
      }
    });
  }

  /** Keeps what is asked, as SQLite sees it. */
  private record Recorder(List<String> asked) implements SqlLogger {
    @Override
    public void logBeforeExecution(StatementContext context) {
      var sql = context.getParsedSql();
      if (sql != null) {
        asked.add(sql.getSql());
      }
    }
  }
}
