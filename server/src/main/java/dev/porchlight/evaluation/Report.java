package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.ObjectGroup;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints figures for people. */
final class Report {
  private static final String ROW = "%-8s %8s %7s %6s %7s %6s %10s %7s %8s%n";

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** The table: a line for each group, and one for all. */
  void table(Evaluation evaluation) {
    out.printf(ROW, "group", "pictures", "truths", "found", "missed", "wrong", "precision", "recall", "AP@0.5");
    for (ObjectGroup group : ObjectGroup.values()) {
      row(group.name().toLowerCase(Locale.ROOT), evaluation.of(group));
    }
    row("all", evaluation.all());
  }

  /** A line for each mistake. */
  void list(Iterable<Mistake> mistakes) {
    for (Mistake mistake : mistakes) {
      switch (mistake) {
        case Mistake.Wrong wrong -> out.printf(Locale.ROOT, "wrong  %s: %s %.2f at %s%n",
            wrong.picture().getFileName(), wrong.object().objectType(), wrong.object().confidence(),
            text(wrong.object().box()));
        case Mistake.Missed missed -> out.printf(Locale.ROOT, "missed %s: %s at %s%s%n",
            missed.picture().getFileName(), missed.truth().objectType(), text(missed.truth().box()),
            missed.confidence() == 0
                ? ""
                : String.format(Locale.ROOT, ", seen with %.2f only", missed.confidence()));
      }
    }
  }

  private void row(String name, GroupQuality quality) {
    out.printf(ROW, name, quality.pictures(), quality.truths(), quality.found(), quality.truths() - quality.found(),
        quality.wrong(), text(quality.precision()), text(quality.recall()), text(quality.averagePrecision()));
  }

  private static String text(@Nullable Double figure) {
    return figure == null ? "-" : String.format(Locale.ROOT, "%.3f", figure);
  }

  private static String text(Box box) {
    return box.x() + "," + box.y() + " " + box.width() + "x" + box.height();
  }
}
