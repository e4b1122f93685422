package dev.porchlight.http;

/** Ends the handling of a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.status() + " " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(int status, String detail) {
    this(new Problem(status, detail));
  }

  /** What to answer. */
  public Problem problem() {
    return problem;
  }
}
