package dev.porchlight.risk;

import dev.porchlight.risk.Model.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The language model's server gave no completion. */
final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Failure kind;
  private final int status;
  private final String body;
  private final @Nullable Duration retryAfter;

  ModelException(Failure kind, String message, @Nullable Throwable cause) {
    this(kind, message, 0, "", null, cause);
  }

  /**
   * A failure that the server told.
   *
   * @param status     of HTTP
   * @param body       what it said about it, cut when it is long
   * @param retryAfter when it wants to be asked again; null when it does not say
   */
  ModelException(Failure kind, String message, int status, String body, @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
    this.body = body;
    this.retryAfter = retryAfter;
  }

  Failure kind() {
    return kind;
  }

  /** The status of HTTP; 0 when there was none. */
  int status() {
    return status;
  }

  String body() {
    return body;
  }

  @Nullable
  Duration retryAfter() {
    return retryAfter;
  }
}
