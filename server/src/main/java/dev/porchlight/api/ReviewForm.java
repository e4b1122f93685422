package dev.porchlight.api;

import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Opinion;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** What a body says of an event: only what is to change. Who gives a verdict has looked, unless it says otherwise. */
record ReviewForm(Given<Boolean> reviewed, Given<Opinion> verdict, Given<String> notes) {
  private static final Set<String> FIELDS = Set.of("reviewed", "verdict", "notes");
  private static final int LONGEST_NOTES = 4_000;
  private static final String OPINIONS = Arrays.stream(Opinion.values())
      .map(Opinion::wireName)
      .collect(Collectors.joining(", "));

  /**
   * Reads it.
   *
   * @throws dev.porchlight.http.ProblemException of status 422 with every mistake
   */
  static ReviewForm read(ObjectNode body) {
    var fields = new BodyFields(body, FIELDS);
    var form = new ReviewForm(fields.flag("reviewed"), verdict(fields), notes(fields));
    fields.check();
    return form;
  }

  /** The review as it is to be. */
  EventReview applied(EventReview before) {
    boolean isLookedAt = before.reviewed() || verdict.value() != null;
    return new EventReview(reviewed.or(isLookedAt, false), verdict.or(before.verdict()), notes.or(before.notes(), ""));
  }

  private static Given<Opinion> verdict(BodyFields fields) {
    Given<String> given = fields.text("verdict");
    if (given.value() == null) {
      return new Given<>(given.isGiven(), null);
    }
    Optional<Opinion> opinion = Opinion.ofWireName(given.value());
    return opinion.isPresent() ? Given.as(opinion.get()) : fields.wrong("verdict", "must be one of " + OPINIONS);
  }

  private static Given<String> notes(BodyFields fields) {
    Given<String> given = fields.text("notes");
    return given.value() != null && given.value().length() > LONGEST_NOTES
        ? fields.wrong("notes", "must have at most " + LONGEST_NOTES + " characters")
        : given;
  }
}
