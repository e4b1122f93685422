package dev.porchlight.risk;

import dev.porchlight.risk.CompletionProtocol.AnswerForm;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been found out about a server: what it refuses it is not asked for again, at least for a while, since it may be
 * replaced by a better one. Thread-safe.
 */
final class ServerHabits {
  private static final Logger log = LoggerFactory.getLogger(ServerHabits.class);
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  private final LongSupplier nanoTime;
  private volatile AnswerForm form = AnswerForm.SCHEMA;
  private volatile long formSince;
  private volatile boolean refusesPictures;
  private volatile long picturesSince;

  ServerHabits(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The firmest form of answer that it is known not to refuse. */
  AnswerForm form() {
    if (form != AnswerForm.SCHEMA && isOld(formSince)) {
      form = AnswerForm.SCHEMA;
    }
    return form;
  }

  boolean takesPictures() {
    if (refusesPictures && isOld(picturesSince)) {
      refusesPictures = false;
    }
    return !refusesPictures;
  }

  /**
   * Notes what a refusal was about, as far as that can be told.
   *
   * @return true when there is something else to try
   */
  boolean learn(ModelException refusal, boolean hadPictures, AnswerForm asked) {
    boolean isAboutRequest = switch (refusal.status()) {
      case 400, 413, 415, 422, 500, 501 -> true;
      default -> false;
    };
    if (!isAboutRequest) {
      return false;
    }
    String told = refusal.body().toLowerCase(Locale.ROOT);
    boolean isAboutForm = told.contains("response_format") || told.contains("json_schema") || told.contains("schema")
        || told.contains("grammar") || told.contains("json_object");
    if (hadPictures && !isAboutForm) {
      refusesPictures = true;
      picturesSince = nanoTime.getAsLong();
      log.info("the language model's server takes no pictures ({}): text alone from here on", refusal.getMessage());
      return true;
    }
    // A server that fails says nothing of the form unless it says so.
    if (asked == AnswerForm.WORDS || (refusal.status() >= 500 && !isAboutForm)) {
      return false;
    }
    form = asked.looser();
    formSince = nanoTime.getAsLong();
    log.info("the language model's server does not take an answer's form by {} ({})", asked, refusal.getMessage());
    return true;
  }

  private boolean isOld(long since) {
    return nanoTime.getAsLong() - since > REMEMBERED.toNanos();
  }
}
