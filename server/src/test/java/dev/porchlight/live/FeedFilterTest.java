package dev.porchlight.live;

import dev.porchlight.engine.Label;
import dev.porchlight.engine.Selection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.porchlight.engine.Selection.NOTHING;
import static dev.porchlight.engine.Selection.TEXT;
import static dev.porchlight.engine.Selection.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients hear of an event that changes. A row is: {@code min_risk}, the highest score told before (−1: none), the
 * score now, whether the level rose, whether it is too late to be new; what a plain client gets, what one with numbers.
 * Each rule was seen to be needed: with any one term of the two decisions left out, rows of this table fail.
 */
class FeedFilterTest {
  private static final Set<String> ALL = Set.of();

  @ParameterizedTest
  @CsvSource({"  0, -1,  0, false, false, TEXT,    TEXT", "  0, -1, 90, false, false, TEXT,    TEXT",
    " 60, -1, 59, false, false, NOTHING, NOTHING", " 60, -1, 60, false, false, TEXT,    TEXT",
    // Without a filter all of it has been told: as new only what rose.
    "  0, 20, 70, true,  false, TEXT,    UPDATE", "  0, 20, 29, false, false, NOTHING, UPDATE",
    "  0, 70, 20, false, false, NOTHING, UPDATE", "  0, 70, 70, false, false, NOTHING, UPDATE",
    "  0,  0,  0, false, false, NOTHING, UPDATE", "  0, 20, 70, true,  true,  NOTHING, UPDATE",
    // Told for the first time to this client.
    " 60, 20, 70, true,  false, TEXT,    TEXT", " 60, 59, 60, true,  false, TEXT,    TEXT",
    " 65, 60, 65, false, false, TEXT,    TEXT", " 65, 60, 84, false, false, TEXT,    TEXT",
    // Told before: the level rose, or did not, or it fell.
    " 60, 60, 84, false, false, NOTHING, UPDATE", " 60, 70, 90, true,  false, TEXT,    UPDATE",
    " 60, 70, 20, false, false, NOTHING, UPDATE", " 60, 60, 60, false, false, NOTHING, UPDATE",
    // Not for this client.
    " 60, 20, 40, true,  false, NOTHING, NOTHING", " 60, 59, 59, false, false, NOTHING, NOTHING",
    "100, 20, 99, true,  false, NOTHING, NOTHING", "100, 99, 100, false, false, TEXT, TEXT",
    // Too late to be new: those with numbers hear of it all the same.
    " 60, 20, 70, true,  true,  NOTHING, UPDATE", " 60, 70, 90, true,  true,  NOTHING, UPDATE",
    " 60, 20, 40, true,  true,  NOTHING, NOTHING", " 60, 70, 20, false, true,  NOTHING, UPDATE"})
  void anEventIsToldByTheTextThatFitsWhatTheClientHasHeard(int minRisk, int told, int score, boolean rose,
      boolean isLate, Selection plain, Selection numbered) {
    Label label = event(told, score, rose, isLate);
    var filter = new FeedFilter(ALL, ALL, minRisk);

    assertThat(filter.in(Dialect.PLAIN).select(label)).isEqualTo(plain);
    assertThat(filter.in(Dialect.V1).select(label)).isEqualTo(numbered);
    assertThat(filter.in(Dialect.EVENT_STREAM).select(label)).isEqualTo(numbered);
  }

  /** Told at 20, now 70. */
  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {"new_event, 0, TEXT, NOTHING", "event_updated, 0, NOTHING, UPDATE",
    "detection, 0, NOTHING, NOTHING", "new_event, 60, TEXT, TEXT", "event_updated, 60, NOTHING, NOTHING"})
  void typesAreThoseThatTheClientWouldGet(String type, int minRisk, Selection plain, Selection numbered) {
    Label label = event(20, 70, true, false);
    var filter = new FeedFilter(Set.of(type), ALL, minRisk);

    assertThat(filter.plain(label)).isEqualTo(plain);
    assertThat(filter.numbered(label)).isEqualTo(numbered);
  }

  @Test
  void aChangeAtAnotherCameraIsNotTold() {
    var filter = new FeedFilter(ALL, Set.of("back"), 0);

    assertThat(filter.plain(event(20, 70, true, false))).isEqualTo(NOTHING);
    assertThat(filter.numbered(event(20, 70, true, false))).isEqualTo(NOTHING);
    assertThat(new FeedFilter(ALL, Set.of("back", "front"), 0).numbered(event(20, 70, true, false))).isEqualTo(UPDATE);
  }

  @Test
  void whatHasNoRiskPasses() {
    Label detection = new Label("detection", "front", -1, null);
    var filter = new FeedFilter(ALL, ALL, 100);

    assertThat(filter.plain(detection)).isEqualTo(TEXT);
    assertThat(filter.numbered(detection)).isEqualTo(TEXT);
  }

  static Label event(int told, int score, boolean rose, boolean isLate) {
    return new Label("new_event", "front", score,
        told < 0 ? null : new Label.Change("event_updated", told, rose, isLate));
  }
}
