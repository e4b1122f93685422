package dev.porchlight.bench;

import dev.porchlight.config.LoadedSettings;
import dev.porchlight.detection.DetectionConfig;
import dev.porchlight.detection.OnnxRuntimeLibrary;
import dev.porchlight.detection.PictureReader;
import dev.porchlight.detection.TimedLook;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How fast the server looks at pictures: what each part costs beside inference itself, and how many it looks at in a second.
 * With the settings of a server in which nothing is set.
 */
public final class PicturesBenchmark {
  private static final double BUDGET = 0.6;

  private final PicturesOptions options;
  private final PrintStream out;
  private final PrintStream err;

  private PicturesBenchmark(PicturesOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Measures, and exits: 0, 1 when it could not be done, 2 when the command line cannot be parsed. The property
   * {@code porchlight.root} is the folder of the launcher.
   */
  public static void main(String[] args) {
    System.exit(execute(List.of(args), CommandLine.root(), System.out, System.err));
  }

  static int execute(List<String> arguments, Path root, PrintStream out, PrintStream err) {
    return CommandLine.exitCodeOf(() -> {
      new PicturesBenchmark(PicturesOptions.parse(arguments), out, err).run(root.resolve("bench/target/pictures"));
      return true;
    }, err);
  }

  /** On the disk of the working copy: a folder for temporary files may lie in memory, where waiting for a disk is free. */
  private void run(Path workshop) throws IOException, InterruptedException {
    var pictures = SamplePictures.find(options.pictures());
    OnnxRuntimeLibrary.prepare(workshop.resolve("native"));
    PictureReader.keepNativeCodeBelow(workshop.resolve("native"));
    try (var scratch = ScratchFolder.below(workshop)) {
      Path folder = scratch.path();
      var files = new LinkedHashMap<PictureSize, List<Path>>();
      for (PictureSize size : PictureSize.ALL) {
        files.put(size, pictures.write(size, folder));
      }
      DetectionConfig config = DetectionConfig.read(LoadedSettings.load(null, folder, Map.of(), List.of()));
      parts(config, files, folder.resolve("data"));
      rates(config, files);
    }
  }

  private void parts(DetectionConfig config, Map<PictureSize, List<Path>> files, Path data)
      throws IOException, InterruptedException {
    var times = new LinkedHashMap<PictureSize, PictureTimes>();
    files.keySet().forEach(size -> times.put(size, new PictureTimes(size)));
    try (var look = TimedLook.open(config); var telling = new Telling(data)) {
      for (int round = 1 - options.warmUp(); round <= options.rounds(); round++) {
        err.println(round < 1 ? "warming up" : "round " + round + " of " + options.rounds());
        for (var entry : files.entrySet()) {
          for (Path file : entry.getValue()) {
            var seen = look.at(file);
            var told = telling.tell(file, seen);
            if (round > 0) {
              Objects.requireNonNull(times.get(entry.getKey())).add(seen, told);
            }
          }
        }
      }
    }
    var table = new MarkdownTable(PictureTimes.HEAD);
    times.values().forEach(one -> table.add(one.row()));
    out.print(table);
    double ratio = Objects.requireNonNull(times.get(PictureSize.HD)).ratio();
    out.printf(
        "%nMilliseconds, medians of %d pictures each, after %d that do not count. All but inference is %.2f of inference at %s; the budget is"
            + " %.2f: %s%n",
        options.rounds() * Objects.requireNonNull(files.get(PictureSize.HD)).size(),
        options.warmUp() * files.values().stream().mapToInt(List::size).sum(), ratio,
        PictureSize.HD, BUDGET, ratio <= BUDGET ? "kept" : "MISSED");
  }

  private void rates(DetectionConfig config, Map<PictureSize, List<Path>> files) throws InterruptedException {
    try (var rate = new DetectorRate(config)) {
      var text = new StringBuilder("Pictures a second, read, decoded and looked at by ").append(rate.description());
      String separator = ": ";
      for (var entry : files.entrySet()) {
        double perSecond = rate.perSecond(entry.getValue(), options.rounds() * entry.getValue().size());
        text.append(separator).append(MarkdownTable.figure(perSecond, 1)).append(" at ").append(entry.getKey());
        separator = ", ";
      }
      out.println(text.append(" (").append(Runtime.getRuntime().availableProcessors()).append(" processors)"));
    }
  }
}
