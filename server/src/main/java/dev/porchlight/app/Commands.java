package dev.porchlight.app;

import java.nio.file.Path;
import java.util.List;

/** What the command line can ask for; each answers with the exit code of the process. */
interface Commands {
  /**
   * Starts the server and returns when it has stopped.
   *
   * @param isNewEpochWanted true when clients that resume are to be told that they cannot
   */
  int run(RunOptions options, boolean isNewEpochWanted);

  /** Shows what the detector sees in each of {@code pictures}. */
  int detect(List<Path> pictures);

  /** Says how well the detector finds what is labelled in the pictures of a folder; {@code list} names each mistake. */
  int evaluate(Path folder, boolean list);

  /** Has the running server judge an event again; a dry run leaves the event as it is. */
  int analyse(long eventId, boolean isDry, RunOptions options);

  /** Shows the settings that {@link #run} would use. */
  int config(RunOptions options);
}
