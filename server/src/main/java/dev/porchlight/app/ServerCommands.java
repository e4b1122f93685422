package dev.porchlight.app;

import dev.porchlight.config.ConfigException;
import dev.porchlight.config.LoadedSettings;
import dev.porchlight.detection.DetectCommand;
import dev.porchlight.detection.DetectionConfig;
import dev.porchlight.detection.Detector;
import dev.porchlight.detection.DetectorException;
import dev.porchlight.detection.Detectors;
import dev.porchlight.detection.Picture;
import dev.porchlight.detection.PictureException;
import dev.porchlight.detection.PictureMemory;
import dev.porchlight.detection.PictureReader;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.evaluation.EvaluateCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Does what the command line asks for. What goes wrong is said in lines for people, on the error stream. */
final class ServerCommands implements Commands {
  private static final Path STANDARD_DATA = Path.of("data");

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  ServerCommands(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  @Override
  public int run(RunOptions options, boolean isNewEpochWanted) {
    var stop = new OrderlyStop();
    try {
      Configuration configuration = Configuration.read(load(options), STANDARD_DATA);
      try (var _ = Application.start(configuration, isNewEpochWanted, Clock.systemUTC(), System::nanoTime)) {
        stop.await();
      }
      return 0;
    } catch (ConfigException e) {
      return refuse(e);
    } catch (StartException e) {
      err.println("porchlight: " + e.getMessage());
      return 1;
    } catch (InterruptedException _) {
      // Told to stop while it was starting.
      return 0;
    } finally {
      stop.done();
    }
  }

  @Override
  public int detect(List<Path> pictures) {
    try {
      LoadedSettings settings = load(new RunOptions(null, null, null, null));
      Configuration configuration = Configuration.read(settings, STANDARD_DATA);
      try (Detector detector = Detectors.open(configuration.detection())) {
        err.println("looking: " + detector.description());
        return new DetectCommand(new PictureReader(new PictureMemory()), detector).run(pictures, out, err);
      }
    } catch (ConfigException e) {
      return refuse(e);
    } catch (DetectorException e) {
      err.println("porchlight: " + e.getMessage());
      return 1;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  @Override
  public int evaluate(Path folder, boolean list) {
    try {
      LoadedSettings settings = load(new RunOptions(null, null, null, null));
      DetectionConfig config = Configuration.read(settings, STANDARD_DATA).detection();
      try (Detector detector = Detectors.open(config.withThreshold(EvaluateCommand.LEAST_CONFIDENCE))) {
        var reader = new PictureReader(new PictureMemory());
        return new EvaluateCommand(file -> look(file, reader, detector), config.threshold()).run(folder, list, out,
            err);
      }
    } catch (ConfigException e) {
      return refuse(e);
    } catch (DetectorException e) {
      err.println("porchlight: " + e.getMessage());
      return 1;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static List<DetectedObject> look(Path file, PictureReader reader, Detector detector)
      throws IOException, InterruptedException {
    try (Picture picture = reader.read(file, detector.sight())) {
      return detector.detect(picture);
    } catch (PictureException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public int analyse(long eventId, boolean isDry, RunOptions options) {
    try {
      return new AnalyseCommand(Configuration.read(load(options), STANDARD_DATA).http()).run(eventId, isDry, out, err);
    } catch (ConfigException e) {
      return refuse(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  @Override
  public int config(RunOptions options) {
    try {
      LoadedSettings settings = load(options);
      Configuration.read(settings, STANDARD_DATA);
      out.print(settings.describe());
      return 0;
    } catch (ConfigException e) {
      return refuse(e);
    }
  }

  private LoadedSettings load(RunOptions options) {
    return LoadedSettings.load(options.config(), STANDARD_DATA, environment, options.settings());
  }

  private int refuse(ConfigException e) {
    int count = e.mistakes().size();
    err.println("porchlight: " + (count == 1 ? "a mistake" : count + " mistakes") + " in the configuration:");
    e.mistakes().forEach(mistake -> err.println("  " + mistake));
    return 1;
  }
}
