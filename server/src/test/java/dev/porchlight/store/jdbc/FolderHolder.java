package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** Another process that takes a data folder and opens its database; it says how that went and waits to be killed. */
final class FolderHolder implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private FolderHolder(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts the process; what the system's temporary folder is to it, is {@code systemTmp}. */
  static FolderHolder start(Path data, Path systemTmp) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new FolderHolder(new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
        "-XX:-UsePerfData", "-Djava.io.tmpdir=" + systemTmp, "-cp", classPath, FolderHolder.class.getName(),
        data.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  public static void main(String[] arguments) throws IOException {
    try (var folder = DataFolder.open(Path.of(arguments[0]));
        var database = SqliteDatabase.open(folder, TestStore.CLOCK)) {
      System.out.println("answer: holds " + database.paths().text(folder.path().resolve("it")));
      var _ = System.in.read();
    } catch (StoreException e) {
      System.out.println("answer: " + e.getMessage());
    }
  }

  /** What the process said of the folder. */
  String answer() throws IOException {
    var line = Objects.requireNonNull(output.readLine());
    while (!line.startsWith("answer: ")) {
      line = Objects.requireNonNull(output.readLine());
    }
    return line.substring("answer: ".length());
  }

  long pid() {
    return process.pid();
  }

  /** Kills the process, which has no chance to tidy up. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
