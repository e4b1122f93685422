package dev.porchlight.api;

import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Visit;
import dev.porchlight.http.Load;
import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;
import dev.porchlight.http.Response;
import dev.porchlight.http.Routes;
import dev.porchlight.store.AnalysisStore;
import dev.porchlight.store.EventStore;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import tools.jackson.databind.node.ObjectNode;

/** The part of REST that is about events: what happened, how it was judged, and what people make of it. */
public final class EventApi {
  private final EventStore events;
  private final AnalysisStore analyses;
  private final LongFunction<List<Visit>> visits;
  private final Consumer<EventUpdate> changed;
  private final EventAnalysis analyst;

  /**
   * Over the store.
   *
   * @param visits  of a batch
   * @param changed hears of each review once it is stored
   * @param analyst analyses an event again
   */
  public EventApi(EventStore events, AnalysisStore analyses, LongFunction<List<Visit>> visits,
      Consumer<EventUpdate> changed, EventAnalysis analyst) {
    this.events = events;
    this.analyses = analyses;
    this.visits = visits;
    this.changed = changed;
    this.analyst = analyst;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.get("/api/events", Api.stored(this::list))
        .get("/api/events/:id", Api.stored(this::one))
        .patch("/api/events/:id", Api.changing(this::review))
        .get("/api/events/:id/analysis", Api.stored(this::analysis))
        .post("/api/events/:id/analysis", Load.ANALYSIS, Api.changing(this::analyse));
  }

  private Response list(Request request) {
    request.allowQuery(Lists.OF_CAMERA);
    return Lists.answer(events.list(Lists.camera(request), Lists.cursor(request), Lists.limit(request)),
        ApiJson::event);
  }

  private Response one(Request request) {
    request.allowQuery(Set.of());
    StoredEvent found = find(request);
    return Response.json(200, json -> ApiJson.event(json, found));
  }

  private Response review(Request request, ObjectNode body) {
    request.allowQuery(Set.of());
    ReviewForm form = ReviewForm.read(body);
    long id = idOf(request);
    StoredEvent after = events.review(id, form::applied).orElseThrow(() -> nothing(id));
    changed.accept(after.asUpdate());
    return Response.json(200, json -> ApiJson.event(json, after));
  }

  private Response analysis(Request request) {
    request.allowQuery(Set.of());
    StoredEvent event = find(request);
    var said = analyses.ofBatch(event.batchId());
    var pending = analyses.pending(event.batchId());
    List<Visit> seen = visits.apply(event.batchId());
    return Response.json(200, json -> AnalysisJson.write(json, event, seen, said, pending.orElse(null)));
  }

  private Response analyse(Request request, ObjectNode body) throws Exception {
    request.allowQuery(Set.of());
    var fields = new BodyFields(body, Set.of("dry_run"));
    Given<Boolean> dryRun = fields.flag("dry_run");
    fields.check();
    long id = idOf(request);
    boolean isDry = dryRun.or(false, false);
    Judgement judgement = switch (request.whileClientWaits(() -> analyst.analyse(id, !isDry))) {
      case EventAnalysis.Result.Judged judged -> judged.judgement();
      case EventAnalysis.Result.Unknown _ -> throw nothing(id);
      case EventAnalysis.Result.UnderWay _ ->
        throw new ProblemException(409, "event " + id + " is being analysed just now");
    };
    return Response.json(200, json -> AnalysisJson.write(json, id, judgement, !isDry));
  }

  private StoredEvent find(Request request) {
    long id = idOf(request);
    return events.find(id).orElseThrow(() -> nothing(id));
  }

  private static long idOf(Request request) {
    return Ids.of(request, "an event's");
  }

  private static ProblemException nothing(long id) {
    return new ProblemException(404, "there is no event " + id);
  }
}
