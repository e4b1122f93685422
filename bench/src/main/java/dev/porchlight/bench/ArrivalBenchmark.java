package dev.porchlight.bench;

import dev.porchlight.config.LoadedSettings;
import dev.porchlight.detection.DetectionConfig;
import dev.porchlight.detection.OnnxRuntimeLibrary;
import dev.porchlight.detection.PictureReader;
import dev.porchlight.detection.TimedLook;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from a picture in a camera's folder to its detection on a client's socket, with the real server as a
 * process of its own and one camera; and how much memory that server has then.
 */
public final class ArrivalBenchmark {
  private static final Duration DEBOUNCE = Duration.ofMillis(100);
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int LOOKS = 100;
  private static final double MILLIS = 1e6;

  private final int pictures;
  private final int warmUp;
  private final Path root;
  private final PrintStream out;

  private ArrivalBenchmark(Arguments arguments, Path root, PrintStream out) {
    this.pictures = arguments.number("--pictures", 200, 1, 100_000);
    this.warmUp = arguments.number("--warm-up", 400, 0, 100_000);
    this.root = root;
    this.out = out;
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
      new ArrivalBenchmark(new Arguments(arguments, Set.of("--pictures", "--warm-up"), Set.of()), root, out).run();
      return true;
    }, err);
  }

  private void run() throws IOException, InterruptedException {
    Path workshop = root.resolve("bench/target/arrival");
    try (var scratch = ScratchFolder.below(workshop)) {
      run(workshop, scratch.path());
    }
  }

  private void run(Path workshop, Path folder) throws IOException, InterruptedException {
    List<Path> photos = SamplePictures.find(null).write(PictureSize.HD, folder);
    Path camera = Files.createDirectories(folder.resolve("data/cameras/bench"));
    Path config = Files.writeString(folder.resolve("porchlight.yaml"),
        "ingest.debounce: " + DEBOUNCE.toMillis() + "ms\n");
    var peer = new Peer("porchlight", List.of(root.resolve("porchlight").toString(), "run", "--port", "PORT", "--data",
        folder.resolve("data").toString(), "--config", config.toString()));
    try (var server = RunningServer.start(peer, workshop); var client = new Detections(server.port())) {
      // One that has something in it, each time with other bytes: the same picture again would be a duplicate.
      byte[] photo = Files.readAllBytes(firstWithSomething(photos, folder, camera, client));
      var times = new ArrayList<Double>();
      for (int i = -warmUp; i < pictures; i++) {
        Double time = arrive(photo, i, folder, camera, client);
        if (time == null) {
          throw new BenchException("no detection came within " + LONGEST.toSeconds() + " s of picture " + i);
        }
        if (i >= 0) {
          times.add(time);
        }
      }
      long kibibytes = Machine.residentKibibytes(server.pids());
      report(Spread.of(times), kibibytes / 1024, inference(photo, folder, workshop));
    }
  }

  private static Path firstWithSomething(List<Path> photos, Path folder, Path camera, Detections client)
      throws IOException, InterruptedException {
    for (Path photo : photos) {
      if (arrive(Files.readAllBytes(photo), -1_000_000, folder, camera, client) != null) {
        return photo;
      }
    }
    throw new BenchException("nothing is found in any of the photos");
  }

  /** Milliseconds; null when nothing was found. */
  private static @Nullable Double arrive(byte[] photo, int number, Path folder, Path camera, Detections client)
      throws IOException, InterruptedException {
    Path file = folder.resolve("next.jpg");
    Files.write(file, photo);
    // What follows a picture's end is not looked at.
    Files.writeString(file, Integer.toString(number), StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
    client.awaitQuiet();
    long began = System.nanoTime();
    Files.move(file, camera.resolve("picture" + number + ".jpg"), StandardCopyOption.ATOMIC_MOVE);
    Long came = client.next(LONGEST);
    return came == null ? null : (came - began) / MILLIS;
  }

  /** The median of the model alone, on the same picture. */
  private static double inference(byte[] photo, Path folder, Path workshop) throws IOException, InterruptedException {
    OnnxRuntimeLibrary.prepare(workshop.resolve("native"));
    PictureReader.keepNativeCodeBelow(workshop.resolve("native"));
    Path file = Files.write(folder.resolve("looked-at.jpg"), photo);
    DetectionConfig config = DetectionConfig.read(LoadedSettings.load(null, folder, Map.of(), List.of()));
    var times = new ArrayList<Double>();
    try (var look = TimedLook.open(config)) {
      for (int i = -LOOKS; i < LOOKS; i++) {
        double time = look.at(file).inference().toNanos() / MILLIS;
        if (i >= 0) {
          times.add(time);
        }
      }
    }
    return Spread.of(times).median();
  }

  private void report(Spread times, long mebibytes, double inference) {
    out.printf("From a picture of %s in the folder to its detection on a socket: %.1f ms in the median of %d"
        + " (%.1f to %.1f), with a debounce of %d ms and %.1f ms of inference: %.1f ms beyond those%n", PictureSize.HD,
        times.median(), pictures, times.least(), times.greatest(), DEBOUNCE.toMillis(), inference,
        times.median() - DEBOUNCE.toMillis() - inference);
    out.printf("Resident memory of the server, one camera, after %d pictures: %d MiB%n", warmUp + pictures, mebibytes);
  }

  /** A client of {@code /ws/events} that notes when detections come. */
  private static final class Detections implements WebSocket.Listener, AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final TransferQueue<Long> came = new LinkedTransferQueue<>();
    private final WebSocket socket;

    Detections(int port) {
      socket = http.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/events"), this).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean isLast) {
      if (data.toString().contains("\"type\":\"detection\"")) {
        came.add(System.nanoTime());
      }
      webSocket.request(1);
      return null;
    }

    /** A picture may show several things, of which the first counts. */
    void awaitQuiet() throws InterruptedException {
      Long late;
      do {
        late = next(QUIET);
      } while (late != null);
    }

    @Nullable
    Long next(Duration longest) throws InterruptedException {
      return came.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
      socket.abort();
      http.close();
    }
  }
}
