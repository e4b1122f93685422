package dev.porchlight.api;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Visit;
import dev.porchlight.json.WireJson;
import dev.porchlight.store.AnalysisStore.Pending;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How an event was judged, as JSON. */
final class AnalysisJson {
  private AnalysisJson() {}

  static void write(JsonGenerator json, StoredEvent event, List<Visit> visits, List<Analysis> analyses,
      @Nullable Pending pending) {
    json.writeNumberProperty("event_id", event.event().id());
    json.writeNumberProperty("batch_id", event.batchId());
    WireJson.text(json, "analyst", event.analyst());
    WireJson.text(json, "again", pending == null ? null : pending.isSetAside() ? "set_aside" : "waiting");
    json.writeNumberProperty("tries", pending == null ? 0 : pending.tries());
    json.writeArrayPropertyStart("visits");
    visits.forEach(visit -> visit(json, visit));
    json.writeEndArray();
    analyses(json, analyses);
  }

  static void write(JsonGenerator json, long eventId, Judgement judgement, boolean isStored) {
    json.writeNumberProperty("event_id", eventId);
    json.writeBooleanProperty("stored", isStored);
    WireJson.text(json, "analyst", judgement.verdict().analyst());
    json.writeNumberProperty("risk_score", judgement.verdict().riskScore());
    WireJson.text(json, "risk_level", judgement.level().wireName());
    WireJson.text(json, "summary", judgement.verdict().summary());
    WireJson.text(json, "reasoning", judgement.verdict().reasoning());
    analyses(json, judgement.analyses());
  }

  private static void analyses(JsonGenerator json, List<Analysis> analyses) {
    json.writeArrayPropertyStart("analyses");
    analyses.forEach(analysis -> analysis(json, analysis));
    json.writeEndArray();
  }

  private static void analysis(JsonGenerator json, Analysis analysis) {
    json.writeStartObject();
    WireJson.text(json, "analyst", analysis.analyst());
    WireJson.time(json, "started_at", analysis.startedAt());
    json.writeNumberProperty("took_ms", analysis.took().toMillis());
    tokens(json, "prompt_tokens", analysis.promptTokens());
    tokens(json, "completion_tokens", analysis.completionTokens());
    WireJson.text(json, "failure", analysis.failure());
    json.writeArrayPropertyStart("pictures");
    analysis.pictures().forEach(json::writeNumber);
    json.writeEndArray();
    json.writeArrayPropertyStart("exchanges");
    for (Analysis.Exchange exchange : analysis.exchanges()) {
      json.writeStartObject();
      WireJson.text(json, "request", exchange.request());
      WireJson.text(json, "answer", exchange.answer());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void visit(JsonGenerator json, Visit visit) {
    json.writeStartObject();
    WireJson.text(json, "object_type", visit.objectType());
    WireJson.time(json, "first_at", visit.firstAt());
    WireJson.time(json, "last_at", visit.lastAt());
    json.writeNumberProperty("sightings", visit.sightings().size());
    WireJson.confidence(json, "confidence", visit.confidence());
    WireJson.text(json, "movement", visit.movement().wireName());
    json.writeEndObject();
  }

  private static void tokens(JsonGenerator json, String name, @Nullable Long count) {
    json.writeName(name);
    if (count == null) {
      json.writeNull();
    } else {
      json.writeNumber(count);
    }
  }
}
