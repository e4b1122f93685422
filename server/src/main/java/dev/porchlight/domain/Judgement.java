package dev.porchlight.domain;

import java.util.List;

/**
 * A verdict, with how it came about.
 *
 * @param level    of the verdict's score
 * @param subject  what the event is about: the group that matters most among what was seen
 * @param analyses who was asked, in order; the last one gave the verdict
 * @param isFinal  false when more of the batch may come, and it is judged again at its end
 * @param retry    true when a language model is to be asked again later, since it could not be now
 */
public record Judgement(Verdict verdict, RiskLevel level, ObjectGroup subject, List<Analysis> analyses, boolean isFinal,
    boolean retry) {
  public Judgement {
    analyses = List.copyOf(analyses);
  }
}
