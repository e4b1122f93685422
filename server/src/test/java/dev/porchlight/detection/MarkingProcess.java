package dev.porchlight.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that notes a frame as in flight, says so, and goes no further. */
final class MarkingProcess {
  private MarkingProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    InFlight.open(Path.of(args[0]), 2).mark(Long.parseLong(args[1]));
    System.out.println("marked");
    new CountDownLatch(1).await();
  }
}
