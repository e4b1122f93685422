package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Analysis.Exchange;
import dev.porchlight.store.AnalysisStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rows of analyses and of what is to be analysed again, inside a transaction of the caller. */
final class AnalysisRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AnalysisRows() {}

  /** Adds an analysis; the oldest of the batch goes when there are too many. */
  static void insert(Handle handle, long batchId, Analysis analysis) {
    var _ = handle
        .createUpdate("""
                      INSERT INTO analyses (batch_id, analyst, started_at, took_ms, exchanges, pictures, prompt_tokens,
                        completion_tokens, failure)
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
        .bind(0, batchId)
        .bind(1, analysis.analyst())
        .bind(2, SqlTime.text(analysis.startedAt()))
        .bind(3, Math.max(0, analysis.took().toMillis()))
        .bind(4, text(analysis.exchanges()))
        .bind(5, JSON.writeValueAsString(analysis.pictures()))
        .bind(6, analysis.promptTokens())
        .bind(7, analysis.completionTokens())
        .bind(8, analysis.failure())
        .execute();
    handle.execute("DELETE FROM analyses WHERE batch_id = ? AND id NOT IN"
        + " (SELECT id FROM analyses WHERE batch_id = ? ORDER BY id DESC LIMIT ?)", batchId, batchId,
        AnalysisStore.MOST_OF_A_BATCH);
  }

  /** Notes that a batch is, or is not, to be put before the language model. What was tried before still counts. */
  static void again(Handle handle, long batchId, boolean again, Instant at) {
    if (again) {
      handle.execute("INSERT INTO reanalyses (batch_id, state, since) VALUES (?, 'waiting', ?)"
          + " ON CONFLICT (batch_id) DO NOTHING", batchId, SqlTime.text(at));
    } else {
      handle.execute("DELETE FROM reanalyses WHERE batch_id = ?", batchId);
    }
  }

  static Analysis analysis(ResultSet row) throws SQLException {
    var exchanges = new ArrayList<Exchange>();
    for (JsonNode exchange : JSON.readTree(row.getString("exchanges"))) {
      exchanges.add(new Exchange(exchange.path("request").asString(), exchange.path("answer").asString()));
    }
    var pictures = new ArrayList<Long>();
    for (JsonNode picture : JSON.readTree(row.getString("pictures"))) {
      pictures.add(picture.asLong());
    }
    return new Analysis(row.getString("analyst"), SqlTime.parse(row.getString("started_at")),
        Duration.ofMillis(row.getLong("took_ms")), exchanges, pictures, number(row, "prompt_tokens"),
        number(row, "completion_tokens"), row.getString("failure"));
  }

  private static String text(List<Exchange> exchanges) {
    return JSON.writeValueAsString(
        exchanges.stream().map(e -> Map.of("request", e.request(), "answer", e.answer())).toList());
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
