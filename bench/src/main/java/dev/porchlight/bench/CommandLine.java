package dev.porchlight.bench;

import dev.porchlight.detection.DetectorException;
import dev.porchlight.detection.PictureException;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;

/** What is around a measurement that one starts: where it runs, and how it ends. */
final class CommandLine {
  private static final int DONE = 0;
  private static final int NOT_DONE = 1;
  private static final int CANNOT_BE_PARSED = 2;

  private CommandLine() {}

  /** A measurement with its arguments. */
  interface Work {
    /** Measures; false when it is done, but not as it should be. */
    boolean run() throws IOException, InterruptedException, SQLException;
  }

  /** The folder of the launcher, by the property {@code porchlight.root}. */
  static Path root() {
    return Path.of(Objects.requireNonNullElse(System.getProperty("porchlight.root"), "")).toAbsolutePath();
  }

  /**
   * Measures.
   *
   * @return the exit code: 0, 1 when it could not be done or is not as it should be, 2 when the command line cannot be parsed
   */
  static int exitCodeOf(Work work, PrintStream err) {
    try {
      return work.run() ? DONE : NOT_DONE;
    } catch (UsageException e) {
      err.println("porchlight: " + e.getMessage() + " (./porchlight help shows what there is)");
      return CANNOT_BE_PARSED;
    } catch (BenchException | IOException | SQLException | StoreException | DetectorException | PictureException e) {
      err.println("porchlight: " + e.getMessage());
      return NOT_DONE;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return NOT_DONE;
    }
  }
}
