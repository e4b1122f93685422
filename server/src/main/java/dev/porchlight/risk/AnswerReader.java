package dev.porchlight.risk;

import dev.porchlight.domain.RiskLevel;
import dev.porchlight.risk.Answer.Unusable;
import dev.porchlight.risk.Answer.Usable;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a verdict out of what a language model wrote, believing nothing: a JSON object, maybe in a fence or after thoughts,
 * each field of the right type and once, in the right language, and words that agree with the score. Immutable.
 */
final class AnswerReader {
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();
  private static final Pattern THOUGHTS = Pattern.compile("(?s)^\\s*<think>.*?</think>");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cc}]+");
  private static final Pattern NAMED_LEVEL = Pattern.compile(
      "(?i)\\b(low|medium|high|critical)[ -]risk\\b|\\brisk(?: level)? (?:is|of|as|:) ?(low|medium|high|critical)\\b");
  private static final Pattern NAMED_SCORE = Pattern.compile("(?i)\\b(?:risk )?score (?:is |of |: ?)(\\d{1,3})\\b");

  private final Locale language;
  private final IntFunction<RiskLevel> levels;

  /**
   * Reads answers.
   *
   * @param language in which they are to be
   * @param levels   the level of a score
   */
  AnswerReader(Locale language, IntFunction<RiskLevel> levels) {
    this.language = language;
    this.levels = levels;
  }

  /** What was said. */
  Answer read(Completion completion) {
    String text = THOUGHTS.matcher(completion.text()).replaceFirst("");
    if (text.isBlank()) {
      return new Unusable(completion.isCut() ? "the answer was cut off before it began" : "the answer is empty");
    }
    int from = text.indexOf('{');
    int to = text.lastIndexOf('}');
    if (from < 0 || to < from) {
      return new Unusable(completion.isCut()
          ? "the answer was cut off before the JSON object was whole"
          : "the answer has no JSON object");
    }
    try {
      return check(JSON.readTree(text.substring(from, to + 1)));
    } catch (JacksonException e) {
      return new Unusable(
          (completion.isCut() ? "the answer was cut off, and " : "") + "it is no valid JSON object: "
              + firstLine(e.getOriginalMessage()));
    }
  }

  private Answer check(JsonNode object) {
    if (!object.isObject()) {
      return new Unusable("the answer is no JSON object");
    }
    JsonNode score = object.path("risk_score");
    double value = score.isNumber() ? score.doubleValue() : Double.NaN;
    if (!(value >= 0 && value <= 100 && value == Math.rint(value))) {
      return new Unusable("risk_score must be a whole number from 0 to 100, not " + shown(score));
    }
    String summary = words(object.path("summary"));
    if (summary == null || summary.length() > VerdictSchema.LONGEST_SUMMARY) {
      return new Unusable("summary must be a text of 1 to " + VerdictSchema.LONGEST_SUMMARY + " characters");
    }
    String reasoning = words(object.path("reasoning"));
    if (reasoning == null || reasoning.length() > VerdictSchema.LONGEST_REASONING) {
      return new Unusable("reasoning must be a text of 1 to " + VerdictSchema.LONGEST_REASONING + " characters");
    }
    String all = summary + " " + reasoning;
    if (!LanguageCheck.isIn(language, all)) {
      return new Unusable("summary and reasoning must be in " + language.getDisplayLanguage(Locale.ENGLISH));
    }
    String contradiction = contradiction((int) value, all);
    if (contradiction != null) {
      return new Unusable(contradiction);
    }
    String level = words(object.path("risk_level"));
    return new Usable((int) value, summary, reasoning, level == null ? null : level.toLowerCase(Locale.ROOT));
  }

  /** What the words say of level and score, where they say it and it is not so; null when they agree. */
  private @Nullable String contradiction(int score, String words) {
    String level = levels.apply(score).wireName();
    boolean isNamed = false;
    String other = null;
    Matcher named = NAMED_LEVEL.matcher(words);
    while (named.find()) {
      String name = (named.group(1) == null ? named.group(2) : named.group(1)).toLowerCase(Locale.ROOT);
      isNamed |= name.equals(level);
      other = name.equals(level) ? other : name;
    }
    if (other != null && !isNamed) {
      return "the words say " + other + " risk, but a score of " + score + " means " + level;
    }
    Matcher scores = NAMED_SCORE.matcher(words);
    return scores.find() && Integer.parseInt(scores.group(1)) != score
        ? "the words say a score of " + scores.group(1) + ", but risk_score is " + score
        : null;
  }

  /** A text on one line; null when there is none. */
  private static @Nullable String words(JsonNode node) {
    if (!node.isString()) {
      return null;
    }
    String text = BLANKS.matcher(node.stringValue()).replaceAll(" ").strip();
    return text.isEmpty() ? null : text;
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
