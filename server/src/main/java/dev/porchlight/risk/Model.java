package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A language model that can be asked what a situation means. Thread-safe. */
interface Model extends AutoCloseable {
  /** The name under which its verdicts are stored. */
  String name();

  /** False while nobody is asked, since several have failed in a row. */
  boolean isReady();

  /**
   * Asks, and waits for a verdict that has been checked; whatever goes wrong is an outcome, not an exception.
   *
   * @param within the most that all of it may take: pictures, retries and repair included
   */
  Outcome ask(Situation situation, Duration within) throws InterruptedException;

  /** Ends what is under way. */
  @Override
  default void close() {
    // Most have nothing to end.
  }

  /** What came of it. */
  sealed interface Outcome {
    /** How it came about. */
    Analysis analysis();

    /**
     * A verdict that has passed every check.
     *
     * @param claimedLevel the level that the model named by itself, which is not believed; null when it named none
     */
    record Answered(Verdict verdict, Analysis analysis, @Nullable String claimedLevel) implements Outcome {}

    /** No verdict; {@link Analysis#failure()} says why. */
    record Failed(Failure kind, Analysis analysis) implements Outcome {}
  }

  /** Why there is no verdict. */
  enum Failure {
    /** Nobody answers, or asking is suspended since nobody has answered: the situation has no part in it. */
    UNREACHABLE,
    /** The server has no room now (429, 503): as above. */
    BUSY,
    /** The server will not have it: wrong key, unknown model, a request it cannot read. */
    REFUSED,
    /** Time was up. */
    TIMEOUT,
    /** The connection broke, or the server failed, in the middle. */
    BROKEN,
    /** There was an answer, and also after a repair it was none that can be believed. */
    BAD_ANSWER;

    /** True when the same question may well fail again for a reason of its own. */
    boolean countsAgainstQuestion() {
      return switch (this) {
        case UNREACHABLE, BUSY, REFUSED -> false;
        case TIMEOUT, BROKEN, BAD_ANSWER -> true;
      };
    }
  }
}
