package dev.porchlight.app;

import dev.porchlight.api.EventAnalysis;
import dev.porchlight.domain.Judgement;
import dev.porchlight.risk.NemotronAnalyzer;
import java.util.Optional;

/** Lets REST have an event analysed again. */
record AnalysisAccess(NemotronAnalyzer analyzer) implements EventAnalysis {
  @Override
  public Result analyse(long eventId, boolean isStored) throws InterruptedException {
    try {
      Optional<Judgement> judged = analyzer.analyse(eventId, isStored);
      return judged.isPresent() ? new Result.Judged(judged.get()) : new Result.Unknown();
    } catch (NemotronAnalyzer.UnderWayException _) {
      return new Result.UnderWay();
    }
  }
}
