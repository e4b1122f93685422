package dev.porchlight.app;

import dev.porchlight.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

/**
 * A machine on which nothing is installed but what a test puts there, with a copy of the real launcher in a tree of
 * sources. Only the places where the launcher looks for Java and for test media outside {@code PATH} are changed in
 * the copy. All folders have a blank in their names, because the launcher must not mind.
 */
final class FakeMachine {
  private static final List<String> TOOLS = List.of("cat", "date", "dirname", "find", "head", "id", "ln", "mkdir", "mv",
      "ps", "readlink", "rm", "rmdir", "sed", "sh", "tail", "touch");

  private static final Pattern PLACES = Pattern
      .compile("(?<=[ (])(/usr/lib/jvm/|/opt/|/usr/local/opt/|/usr/libexec/|/usr/share/doc/)");

  /** What came of a launcher: its lines of both streams and its exit code. */
  record Outcome(long pid, List<String> output, List<String> errors, int exitCode) {}

  private final Path folder;
  private final List<String> shell;
  private final Map<String, String> environment = new HashMap<>();

  /** @param shell the shell that runs the launcher; empty for the one that its first line names */
  FakeMachine(Path folder, List<String> shell) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("a machine"));
    this.shell = shell;
    for (String made : List.of("bin", "caller", "home", "tree/engine/src/main/java", "tree/bench/src/main/java",
        "tree/server/src/test/java")) {
      Files.createDirectories(this.folder.resolve(made));
    }
    // Waiting is all the same to a test, but not its length.
    tool("sleep", "exec " + realTool("sleep") + " 0.02");
    source("pom.xml");
    source("engine/src/main/java/Engine.java");
    source("bench/src/main/java/Bench.java");
    source("server/src/test/java/ServerTest.java");
    executable("tree/porchlight", PLACES.matcher(Files.readString(launcher())).replaceAll("\"\\$MACHINE\"$0"));
    environment.put("PATH", this.folder.resolve("bin") + ":" + tools());
    environment.put("HOME", this.folder.resolve("home").toString());
    environment.put("MACHINE", this.folder.toString());
  }

  static Path launcher() {
    return Path.of(Objects.requireNonNull(System.getProperty("porchlight.root")), "porchlight");
  }

  Path path(String path) {
    return folder.resolve(path);
  }

  FakeMachine variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Puts a command on {@code PATH}. */
  FakeMachine tool(String name, String script) throws IOException {
    executable("bin/" + name, "#!/bin/sh\n" + script + "\n");
    return this;
  }

  FakeMachine executable(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    return this;
  }

  /** A Java that says which it is, its process and its arguments, one on each line. */
  FakeMachine jdk(String home, String version) throws IOException {
    jre(home, version).executable(home + "/bin/javac", "#!/bin/sh\n");
    return this;
  }

  FakeMachine jre(String home, String version) throws IOException {
    executable(home + "/bin/java", """
                                   #!/bin/sh
                                   if [ "$1" = -version ]; then
                                     echo 'openjdk version "%s" 2025-09-16' >&2
                                   else
                                     printf '%%s\\n' '%s' "$$" "$PWD" "$@"
                                   fi
                                   """.formatted(version, home));
    return this;
  }

  /** The file that most Javas bring, so that nobody has to start them to learn their version. */
  FakeMachine release(String home, String version) throws IOException {
    Files.writeString(path(home).resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    return this;
  }

  /** A Maven that notes how it was called in {@code maven.log} and makes the jar. */
  FakeMachine maven() throws IOException {
    return maven(":");
  }

  FakeMachine maven(String work) throws IOException {
    return tool("mvn", """
                       if [ "$*" = '-B -v' ]; then
                         echo 'Apache Maven 3.9.9 (abc)'
                         echo 'Java version: 21.0.1, vendor: Somebody'
                         exit 0
                       fi
                       printf '%%s\\n' "$PWD|$*|java=${JAVA_PORCHLIGHT_HOME:-}" >> "$MACHINE/maven.log"
                       %s
                       mkdir -p server/target/lib bench/target
                       echo jar > server/target/porchlight.jar
                       echo jar > bench/target/porchlight-bench.jar
                       """.formatted(work));
  }

  /** What Maven was called with, one line for each time. */
  List<String> mavenCalls() throws IOException {
    return Files.exists(path("maven.log")) ? Files.readAllLines(path("maven.log")) : List.of();
  }

  /** As a finished build leaves it, a minute ago. */
  FakeMachine built() throws IOException {
    Files.createDirectories(path("tree/server/target/lib"));
    Files.createDirectories(path("tree/bench/target"));
    for (String made : List.of("tree/server/target/porchlight.jar", "tree/bench/target/porchlight-bench.jar")) {
      Files.setLastModifiedTime(Files.writeString(path(made), "jar"), minutesAgo(1));
    }
    return this;
  }

  /** A source that was last changed long before any build. */
  void source(String name) throws IOException {
    Path file = path("tree").resolve(name);
    Files.writeString(file, "source");
    Files.setLastModifiedTime(file, minutesAgo(60));
    for (Path parent = file.getParent(); parent != null && !parent.equals(folder); parent = parent.getParent()) {
      Files.setLastModifiedTime(parent, minutesAgo(60));
    }
  }

  void change(String name) throws IOException {
    Files.setLastModifiedTime(path("tree").resolve(name), minutesAgo(0));
  }

  /** Each file of the tree with the time of its last change. */
  List<String> tree() throws IOException {
    try (Stream<Path> files = Files.walk(path("tree"))) {
      var lines = new ArrayList<String>();
      for (Path file : files.sorted().toList()) {
        lines.add(file + " " + Files.getLastModifiedTime(file));
      }
      return lines;
    }
  }

  Process start(String... arguments) throws IOException {
    return startAs(path("tree/porchlight"), arguments);
  }

  Process startAs(Path launcher, String... arguments) throws IOException {
    var command = new ArrayList<>(shell);
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(path("caller").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return outcome(start(arguments));
  }

  static Outcome outcome(Process process) throws IOException, InterruptedException {
    List<String> output = process.inputReader(UTF_8).lines().toList();
    List<String> errors = process.errorReader(UTF_8).lines().toList();
    if (!process.waitFor(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the launcher closed its streams and did not end");
    }
    return new Outcome(process.pid(), output, errors, process.exitValue());
  }

  /** A folder with the tools of every Unix and nothing else; it stays, because making it takes longer than a test. */
  private static Path tools() throws IOException {
    Path tools = Files.createDirectories(Path.of("target", "launcher-tools").toAbsolutePath());
    for (String tool : TOOLS) {
      if (!Files.exists(tools.resolve(tool))) {
        Files.createSymbolicLink(tools.resolve(tool), realTool(tool));
      }
    }
    return tools;
  }

  private static FileTime minutesAgo(int minutes) {
    return FileTime.from(Instant.now().minusSeconds(60L * minutes));
  }

  private static Path realTool(String name) {
    return Stream.of("/usr/bin", "/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this machine has no " + name));
  }
}
