package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where the programs in C are compiled, and where everything goes that a run leaves behind: a folder below target. */
final class Workshop {
  private static final Duration COMPILE_LIMIT = Duration.ofMinutes(1);

  private final Path sources;
  private final Path folder;

  /** The workshop of a working copy of Porchlight. */
  Workshop(Path root) throws IOException {
    this.sources = root.resolve("bench/fanout");
    this.folder = Files.createDirectories(root.resolve("bench/target/fanout"));
  }

  /** The sources of generator and peers. */
  Path sources() {
    return sources;
  }

  /** Where to write. */
  Path folder() {
    return folder;
  }

  /**
   * Compiles {@code NAME.c}, unless what is there is newer.
   *
   * @param options libraries and definitions
   * @return the program
   * @throws BenchException when it cannot be compiled
   */
  Path compile(String name, String program, List<String> options) throws IOException, InterruptedException {
    Path source = sources.resolve(name + ".c");
    Path compiled = folder.resolve(program);
    if (Files.exists(compiled)
        && Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(source)) > 0) {
      return compiled;
    }
    String compiler = List.of("cc", "gcc", "clang").stream().filter(Command::exists).findFirst().orElse("");
    if (compiler.isEmpty()) {
      throw new BenchException("there is no C compiler (Debian: apt install gcc)");
    }
    var command = new ArrayList<>(List.of(compiler, "-O2", "-o", compiled.toString(), source.toString()));
    command.addAll(options);
    String complaint = Command.complaintOf(command, folder, COMPILE_LIMIT);
    if (!complaint.isEmpty()) {
      throw new BenchException(source.getFileName() + " cannot be compiled: " + complaint);
    }
    return compiled;
  }
}
