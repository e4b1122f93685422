package dev.porchlight.evaluation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** {@code porchlight evaluate DIR}: says how well the detector finds what is labelled in a folder of pictures. */
public final class EvaluateCommand {
  /**
   * The confidence that the detector is to be run with. Average precision is about all confidences; below this there is
   * nothing but noise, and each picture would give a hundred boxes of it.
   */
  public static final double LEAST_CONFIDENCE = 0.01;

  private final Observer observer;
  private final double threshold;

  /**
   * A command.
   *
   * @param observer  sees down to {@link #LEAST_CONFIDENCE}
   * @param threshold the least confidence that counts for precision and recall
   */
  public EvaluateCommand(Observer observer, double threshold) {
    this.observer = observer;
    this.threshold = threshold;
  }

  /**
   * Looks at every labelled picture of {@code folder}.
   *
   * @param list also print a line for each mistake
   * @param out  the table
   * @param err  a line for what cannot be read
   * @return the exit code: 0, or 1 when there are no labels or a picture could not be looked at
   */
  public int run(Path folder, boolean list, PrintStream out, PrintStream err) throws InterruptedException {
    List<LabelledPicture> pictures;
    try {
      pictures = Labels.read(folder);
    } catch (LabelException e) {
      return fail(err, "porchlight: " + e.getMessage());
    } catch (NoSuchFileException | NotDirectoryException _) {
      return fail(err, "porchlight: " + folder + " is no folder");
    } catch (IOException e) {
      return fail(err, "porchlight: " + folder + " cannot be read: " + e.getMessage());
    }
    var evaluation = new Evaluation(threshold);
    for (LabelledPicture picture : pictures) {
      try {
        evaluation.add(picture, observer.look(picture.file()));
      } catch (NoSuchFileException _) {
        fail(err, picture.file() + ": there is no such file");
      } catch (IOException e) {
        fail(err, picture.file() + ": " + e.getMessage());
      }
    }
    var report = new Report(out);
    if (list) {
      report.list(evaluation.mistakes());
    }
    report.table(evaluation);
    out.printf(Locale.ROOT, "%d of %d labelled pictures; precision and recall with a confidence of %s or more, AP over "
        + "all; a box is right when it overlaps by half or more%n", evaluation.pictures(), pictures.size(), threshold);
    out.flush();
    return evaluation.pictures() == pictures.size() ? 0 : 1;
  }

  private static int fail(PrintStream err, String why) {
    err.println(why);
    return 1;
  }
}
