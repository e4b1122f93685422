package dev.porchlight.risk;

/** What rules say of animals when nothing else is there. */
final class AnimalRules {
  /** A bear is the one animal of those a detector knows that people must be warned of. */
  private static final String DANGEROUS = "bear";
  private static final int MOST = 25;

  private AnimalRules() {}

  static Points of(Subject subject) {
    var points = new Points();
    points.add(4, "only an animal is there");
    boolean isDangerous = subject.types().contains(DANGEROUS);
    points.add(isDangerous ? 60 : 0, "a dangerous one");
    UsualRules.add(subject, points);
    if (!isDangerous) {
      points.limit(MOST, "an animal alone is no risk");
    }
    return points;
  }
}
