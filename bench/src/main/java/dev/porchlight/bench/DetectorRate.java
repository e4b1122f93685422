package dev.porchlight.bench;

import dev.porchlight.detection.DetectionConfig;
import dev.porchlight.detection.OnnxDetector;
import dev.porchlight.detection.Picture;
import dev.porchlight.detection.PictureMemory;
import dev.porchlight.detection.PictureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** How many pictures a second the detector's workers read, decode and look at when there is no end of them. */
final class DetectorRate implements AutoCloseable {
  private final int workers;
  private final OnnxDetector detector;
  private final PictureReader reader = new PictureReader(new PictureMemory());

  DetectorRate(DetectionConfig config) {
    workers = config.workers();
    detector = OnnxDetector.open(config);
  }

  /** Looks at the files in turn, with all workers at the same time. */
  double perSecond(List<Path> files, int pictures) throws InterruptedException {
    var next = new AtomicInteger();
    Callable<Integer> work = () -> {
      int found = 0;
      for (int number = next.getAndIncrement(); number < pictures; number = next.getAndIncrement()) {
        try (Picture picture = reader.read(files.get(number % files.size()), detector.sight())) {
          found += detector.detect(picture).size();
        }
      }
      return found;
    };
    try (var pool = Executors.newFixedThreadPool(workers)) {
      long began = System.nanoTime();
      for (Future<Integer> done : pool.invokeAll(IntStream.range(0, workers).mapToObj(_ -> work).toList())) {
        int _ = done.get();
      }
      return pictures / ((System.nanoTime() - began) / 1e9);
    } catch (ExecutionException e) {
      throw new BenchException("a picture cannot be looked at: " + e.getCause());
    }
  }

  String description() {
    return detector.description();
  }

  @Override
  public void close() {
    detector.close();
  }
}
