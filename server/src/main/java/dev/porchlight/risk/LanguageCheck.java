package dev.porchlight.risk;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether a text is in a language, as far as its letters and its smallest words show: in doubt it is.
 */
final class LanguageCheck {
  private static final double MOST_FOREIGN = 0.4;
  private static final int LEAST_WORDS = 8;
  private static final int SURE = 3;

  private static final Map<String, Set<UnicodeScript>> SCRIPTS = Map.ofEntries(
      Map.entry("ja", EnumSet.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.HAN)),
      Map.entry("zh", EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO)),
      Map.entry("ko", EnumSet.of(UnicodeScript.HANGUL, UnicodeScript.HAN)),
      Map.entry("ru", EnumSet.of(UnicodeScript.CYRILLIC)), Map.entry("uk", EnumSet.of(UnicodeScript.CYRILLIC)),
      Map.entry("bg", EnumSet.of(UnicodeScript.CYRILLIC)), Map.entry("el", EnumSet.of(UnicodeScript.GREEK)),
      Map.entry("he", EnumSet.of(UnicodeScript.HEBREW)), Map.entry("ar", EnumSet.of(UnicodeScript.ARABIC)),
      Map.entry("fa", EnumSet.of(UnicodeScript.ARABIC)), Map.entry("hi", EnumSet.of(UnicodeScript.DEVANAGARI)),
      Map.entry("th", EnumSet.of(UnicodeScript.THAI)));

  /** Words that nearly every sentence of one of these languages has, and hardly any of the others. */
  private static final Map<String, Set<String>> SMALL_WORDS = Map.of("en",
      Set.of("the", "and", "is", "was", "with", "are", "of", "there", "this", "that", "were"), "de",
      Set.of("der", "die", "das", "und", "ist", "eine", "ein", "nicht", "mit", "auf", "wurde", "sich"), "fr",
      Set.of("le", "la", "les", "et", "est", "une", "des", "dans", "avec", "pas", "qui", "sur"), "es",
      Set.of("el", "los", "las", "una", "que", "con", "está", "por", "del", "se", "es", "y"), "it",
      Set.of("il", "che", "di", "una", "è", "non", "con", "della", "sono", "nel", "gli", "per"), "nl",
      Set.of("het", "een", "de", "van", "niet", "met", "zijn", "wordt", "op", "voor", "aan", "dat"), "pt",
      Set.of("uma", "não", "com", "está", "do", "da", "os", "em", "foi", "que", "ao", "um"));

  private LanguageCheck() {}

  static boolean isIn(Locale language, String text) {
    String code = language.getLanguage();
    Set<UnicodeScript> own = SCRIPTS.getOrDefault(code, EnumSet.of(UnicodeScript.LATIN));
    long letters = text.codePoints().filter(Character::isLetter).count();
    long foreign = text.codePoints()
        .filter(Character::isLetter)
        .filter(c -> !own.contains(UnicodeScript.of(c)))
        .count();
    if (letters > 0 && (double) foreign / letters > MOST_FOREIGN) {
      return false;
    }
    Set<String> words = SMALL_WORDS.get(code);
    return words == null || !isClearlyOther(code, words, text);
  }

  private static boolean isClearlyOther(String code, Set<String> own, String text) {
    List<String> found = List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
    if (found.size() < LEAST_WORDS || found.stream().anyMatch(own::contains)) {
      return false;
    }
    Set<String> distinct = new HashSet<>(found);
    return SMALL_WORDS.entrySet()
        .stream()
        .filter(other -> !other.getKey().equals(code))
        .anyMatch(other -> distinct.stream().filter(other.getValue()::contains).count() >= SURE);
  }
}
