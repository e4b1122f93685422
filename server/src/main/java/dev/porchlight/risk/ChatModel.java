package dev.porchlight.risk;

import dev.failsafe.CircuitBreaker;
import dev.porchlight.config.HttpAddress;
import dev.porchlight.domain.Verdict;
import dev.porchlight.risk.CompletionProtocol.AnswerForm;
import dev.porchlight.risk.ShotChoice.ChosenShot;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A language model behind HTTP. It is asked once, and once more when its answer cannot be used; a request that fails on the
 * way is repeated a few times. After several failures in a row nobody asks it for a while. Thread-safe.
 */
final class ChatModel implements Model {
  private static final Logger log = LoggerFactory.getLogger(ChatModel.class);
  private static final int RETRIES = 2;
  private static final int FAILURES_IN_A_ROW = 3;
  private static final int FENCE_BYTES = 8;
  private static final int MOST_SHOWN_AGAIN = 4_000;

  private final String name;
  private final Locale language;
  private final int mostPictures;
  private final Prompts prompts;
  private final ShotChoice shots;
  private final CompletionProtocol protocol;
  private final ModelCall call;
  private final AnswerReader reader;
  private final ServerHabits habits;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Duration pause;
  private final SecureRandom random = new SecureRandom();
  private final CircuitBreaker<Object> breaker;

  /** As {@link Models#open} makes it, with pauses of its own. */
  ChatModel(HttpAddress address, AnalystConfig config, Prompts prompts, SituationPictures pictures, AnswerReader reader,
      Pauses pauses, Clock clock, LongSupplier nanoTime) {
    this.name = config.model().isEmpty() ? "the model at " + address.url().getHost() : config.model();
    this.language = config.language();
    this.mostPictures = config.protocol() == AnalystConfig.Protocol.OPENAI ? config.pictures() : 0;
    this.prompts = prompts;
    this.shots = new ShotChoice(pictures);
    this.protocol = switch (config.protocol()) {
      case OPENAI -> new OpenAiProtocol(String.valueOf(address.url().getPath()), config.model());
      case LLAMA -> new LlamaProtocol(String.valueOf(address.url().getPath()));
    };
    this.call = new ModelCall(address, config.key());
    this.reader = reader;
    this.habits = new ServerHabits(nanoTime);
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.pause = pauses.retry();
    String shown = address.shown();
    this.breaker = CircuitBreaker.builder()
        .withFailureThreshold(FAILURES_IN_A_ROW)
        .withSuccessThreshold(1)
        .withDelay(pauses.rest())
        .onOpen(_ -> log.warn("the language model at {} is not asked for {} s: {} failures in a row", shown,
            pauses.rest().toSeconds(), FAILURES_IN_A_ROW))
        .onClose(_ -> log.info("the language model at {} answers again", shown))
        .build();
  }

  ChatModel(HttpAddress address, AnalystConfig config, Prompts prompts, SituationPictures pictures, AnswerReader reader,
      Clock clock, LongSupplier nanoTime) {
    this(address, config, prompts, pictures, reader, Pauses.STANDARD, clock, nanoTime);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isReady() {
    return !breaker.isOpen() || !breaker.getRemainingDelay().isPositive();
  }

  @Override
  public Outcome ask(Situation situation, Duration within) throws InterruptedException {
    Instant startedAt = clock.instant();
    long began = nanoTime.getAsLong();
    var conversation = new Conversation();
    Failure kind;
    String why;
    if (!breaker.tryAcquirePermit()) {
      kind = Failure.UNREACHABLE;
      why = "not asked, for it has just failed several times";
    } else {
      boolean isTold = false;
      try {
        Answer answer = talk(situation, conversation, Deadline.in(within, nanoTime));
        breaker.recordSuccess();
        isTold = true;
        if (answer instanceof Answer.Usable usable) {
          return answered(usable, conversation, startedAt, began);
        }
        kind = Failure.BAD_ANSWER;
        why = ((Answer.Unusable) answer).why();
      } catch (ModelException e) {
        isTold = true;
        kind = e.kind();
        why = String.valueOf(e.getMessage());
        note(kind);
      } finally {
        if (!isTold) {
          // Interrupted: nothing is known of the server, and the permit goes back.
          breaker.recordSuccess();
        }
      }
    }
    log.debug("camera {}, batch {}: no verdict: {}", situation.camera().id(), situation.batch().id(), why);
    return new Outcome.Failed(kind, conversation.kept(name, startedAt, since(began), why));
  }

  @Override
  public void close() {
    call.close();
  }

  private Outcome answered(Answer.Usable usable, Conversation conversation, Instant startedAt, long began) {
    var verdict = new Verdict(usable.score(), usable.summary(), usable.reasoning(), name);
    return new Outcome.Answered(verdict, conversation.kept(name, startedAt, since(began), null),
        usable.claimedLevel());
  }

  /** A server that answers, whatever it answers, is there. */
  private void note(Failure kind) {
    switch (kind) {
      case UNREACHABLE, BUSY, TIMEOUT, BROKEN -> breaker.recordFailure();
      case REFUSED, BAD_ANSWER -> breaker.recordSuccess();
    }
  }

  private Answer talk(Situation situation, Conversation conversation, Deadline deadline) throws InterruptedException {
    List<ChosenShot> pictures = mostPictures > 0 && habits.takesPictures()
        ? shots.of(situation, mostPictures)
        : List.of();
    Map<String, String> values = SituationText.values(situation,
        fence(), pictures.size(), language);
    conversation.say(new ChatTurn("system", Prompts.filled(prompts.system(), values)));
    conversation.say(new ChatTurn("user", Prompts.filled(prompts.situation(), values), pictures));
    Completion completion = complete(situation, conversation, deadline);
    Answer answer = reader.read(completion);
    if (answer instanceof Answer.Unusable(String why)) {
      log.debug("camera {}, batch {}: asked again: {}", situation.camera().id(), situation.batch().id(), why);
      String text = completion.text();
      conversation.say(new ChatTurn("assistant",
          text.length() > MOST_SHOWN_AGAIN ? text.substring(0, MOST_SHOWN_AGAIN) : text));
      conversation.say(new ChatTurn("user", "That cannot be used: " + why
          + ". Answer once more, with nothing but the JSON object that was asked for."));
      answer = reader.read(complete(situation, conversation, deadline));
    }
    return answer;
  }

  private String fence() {
    var bytes = new byte[FENCE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private Completion complete(Situation situation, Conversation conversation, Deadline deadline)
      throws InterruptedException {
    int retries = 0;
    while (true) {
      boolean hasPictures = conversation.hasPictures();
      AnswerForm form = habits.form();
      long began = nanoTime.getAsLong();
      try {
        Completion completion = once(conversation, form, deadline);
        conversation.heard(completion);
        log.debug("camera {}, batch {}: answered within {} ms", situation.camera().id(), situation.batch().id(),
            since(began).toMillis());
        return completion;
      } catch (ModelException e) {
        conversation.failed(e);
        if (habits.learn(e, hasPictures, form)) {
          if (!habits.takesPictures()) {
            conversation.dropPictures();
          }
        } else if (retries++ == RETRIES || !pause(e, retries, deadline)) {
          throw e;
        }
        log.debug("camera {}, batch {}: asked again after {}", situation.camera().id(), situation.batch().id(),
            e.getMessage());
      }
    }
  }

  private Completion once(Conversation conversation, AnswerForm form, Deadline deadline) throws InterruptedException {
    Duration left = deadline.left();
    if (!left.isPositive()) {
      throw new ModelException(Failure.TIMEOUT, "no time is left", null);
    }
    return protocol.completion(call.post(protocol.path(), protocol.request(conversation.turns(), form), left));
  }

  /** Waits before the next try; false when there is none to be made, or no time for it. */
  private boolean pause(ModelException failure, int retry, Deadline deadline) throws InterruptedException {
    boolean isPassing = switch (failure.kind()) {
      case UNREACHABLE, BUSY, BROKEN -> true;
      case REFUSED, TIMEOUT, BAD_ANSWER -> false;
    };
    Duration wanted = failure.retryAfter();
    Duration usual = pause.multipliedBy(1L << retry);
    Duration chosen = wanted == null
        ? usual.multipliedBy(75 + ThreadLocalRandom.current().nextInt(50)).dividedBy(100)
        : wanted;
    if (!isPassing || chosen.compareTo(deadline.left()) >= 0) {
      return false;
    }
    Thread.sleep(chosen);
    return true;
  }

  private Duration since(long began) {
    return Duration.ofNanos(nanoTime.getAsLong() - began);
  }
}
