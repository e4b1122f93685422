package dev.porchlight.risk;

/** What is usual at a camera at this hour, by its own past and by what people have said. */
final class UsualRules {
  /** Fewer days say nothing of what is usual. */
  private static final int LEAST_DAYS = 7;
  private static final double OFTEN = 0.5;
  private static final double NOW_AND_THEN = 0.2;
  private static final int FALSE_ALARM = -8;
  /** Three clicks by day, and at night no more than one and a half: they must not make a camera blind at 3 in the morning. */
  private static final int MOST_FOR_FALSE_ALARMS = -24;
  private static final int MOST_FOR_FALSE_ALARMS_AT_NIGHT = -12;
  private static final int MISSED = 8;
  private static final int MOST_FOR_MISSED = 16;

  private UsualRules() {}

  static void add(Subject subject, Points points) {
    Routine routine = subject.routine();
    if (routine.days() >= LEAST_DAYS) {
      double share = (double) routine.daysSeen() / routine.days();
      String seen = routine.daysSeen() + " of the last " + routine.days() + " days";
      if (share >= OFTEN) {
        points.add(-15, "usual at this hour, on " + seen);
      } else if (share >= NOW_AND_THEN) {
        points.add(-8, "seen at this hour now and then, on " + seen);
      } else if (routine.daysSeen() == 0) {
        points.add(10, "never seen at this hour in the last " + routine.days() + " days");
      }
    }
    int most = subject.isNight() ? MOST_FOR_FALSE_ALARMS_AT_NIGHT : MOST_FOR_FALSE_ALARMS;
    points.add(Math.max(most, FALSE_ALARM * routine.falseAlarms()),
        "called a false alarm " + times(routine.falseAlarms()) + " at this hour");
    points.add(Math.min(MOST_FOR_MISSED, MISSED * routine.missed()),
        "said to matter more " + times(routine.missed()) + " at this hour");
  }

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }
}
