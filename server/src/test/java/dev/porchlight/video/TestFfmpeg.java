package dev.porchlight.video;

import dev.porchlight.Waits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The ffmpeg of this machine; a test that needs it is skipped, and says how to get it, where there is none. */
public final class TestFfmpeg {
  private TestFfmpeg() {}

  /** Settings of video with little patience, keeping things in {@code data}. */
  static VideoConfig config(Path data) {
    return new VideoConfig(null, 1920, Waits.LIMIT, Waits.LIMIT, 10, 0, data);
  }

  /** The tools with what the machine has. */
  static VideoTools tools(VideoConfig config) {
    var tools = new VideoTools(config, System::nanoTime);
    find(tools);
    return tools;
  }

  private static Ffmpeg find(VideoTools tools) {
    try {
      return tools.ffmpeg().get();
    } catch (VideoException e) {
      return Assumptions.abort("Skipped: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs it with these arguments to make a file, for instance. */
  public static void run(String... arguments) {
    Ffmpeg ffmpeg = find(new VideoTools(config(Path.of("/nowhere")), System::nanoTime));
    try (var process = FfmpegProcess.start(ffmpeg, "test", List.of(arguments), null, Secrets.NONE)) {
      List<String> said = process.saidToTheEnd();
      if (!process.hasSucceeded()) {
        throw new AssertionError(String.join("\n", said));
      }
    } catch (VideoException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** An ffmpeg that sends something. */
  public interface Sender extends AutoCloseable {
    @Override
    void close();
  }

  /** Has it send something, until this is closed. */
  public static Sender start(String... arguments) throws InterruptedException {
    Ffmpeg ffmpeg = find(new VideoTools(config(Path.of("/nowhere")), System::nanoTime));
    try {
      return FfmpegProcess.start(ffmpeg, "test", List.of(arguments), null, Secrets.NONE)::close;
    } catch (VideoException e) {
      throw new AssertionError(e);
    }
  }

  /** The processes of ffmpeg that this Java machine has started and that live. */
  public static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("ffmpeg"))
        .filter(ProcessHandle::isAlive)
        .toList();
  }
}
