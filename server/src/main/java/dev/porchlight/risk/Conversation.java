package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Analysis.Exchange;
import dev.porchlight.domain.Detection;
import dev.porchlight.risk.ShotChoice.ChosenShot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said between us and a language model about one situation. Confined to one thread. */
final class Conversation {
  /** Of an answer; a model out of control has said enough by then. */
  private static final int MOST_KEPT = 64 * 1024;

  private final List<ChatTurn> turns = new ArrayList<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private @Nullable Long promptTokens;
  private @Nullable Long completionTokens;
  private int said;

  /** What is to be said next, with all that was said before. */
  List<ChatTurn> turns() {
    return turns;
  }

  void say(ChatTurn turn) {
    turns.add(turn);
  }

  boolean hasPictures() {
    return turns.stream().anyMatch(turn -> !turn.pictures().isEmpty());
  }

  void dropPictures() {
    turns.replaceAll(ChatTurn::withoutPictures);
  }

  /** Something came back. */
  void heard(Completion completion) {
    exchanges.add(new Exchange(request(), cut(completion.text())));
    promptTokens = sum(promptTokens, completion.promptTokens());
    completionTokens = sum(completionTokens, completion.completionTokens());
    said = turns.size();
  }

  /** Nothing that could be used came back. */
  void failed(ModelException failure) {
    exchanges.add(new Exchange(request(), cut(failure.body())));
    said = turns.size();
  }

  /** What is kept of it. */
  Analysis kept(String analyst, Instant startedAt, Duration took, @Nullable String failure) {
    List<Long> pictures = turns.stream()
        .flatMap(turn -> turn.pictures().stream())
        .map(ChosenShot::detection)
        .map(Detection::id)
        .toList();
    return new Analysis(analyst, startedAt, took, exchanges, pictures, promptTokens, completionTokens, failure);
  }

  /** What has been said since something came back last; all of it when nothing new was. */
  private String request() {
    int from = said < turns.size() ? said : 0;
    return turns.subList(from, turns.size()).stream().map(ChatTurn::shown).collect(Collectors.joining("\n\n"));
  }

  private static String cut(String text) {
    return text.length() > MOST_KEPT ? text.substring(0, MOST_KEPT) + "…" : text;
  }

  private static @Nullable Long sum(@Nullable Long before, @Nullable Long more) {
    if (more == null) {
      return before;
    }
    return before == null ? more : before + more;
  }
}
