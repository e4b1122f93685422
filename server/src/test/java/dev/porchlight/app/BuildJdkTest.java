package dev.porchlight.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A first build on machines with an older Java beside the JDK 25: the real launcher, the real Maven and the real
 * {@code pom.xml} files, from the launcher to the model step. The model step itself is a class that prints the JDK it runs
 * on, compiled for Java 25, so that an older Java fails on it as it does on the real one.
 */
class BuildJdkTest {
  private static final String NONE = "none";
  private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("porchlight.root")));

  @TempDir
  private static Path shared;
  private static Path mavenHome = Path.of("");
  private static Path modelStep = Path.of("");

  /** JUnit warns of each link to a place outside that it finds in a temporary folder. */
  private final List<Path> links = new ArrayList<>();

  @BeforeAll
  static void findMavenAndCompileTheModelStep() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/lib/jvm").resolve(home("17")).resolve("bin/java")),
        "needs a JDK 17 in /usr/lib/jvm beside the JDK 25");
    mavenHome = Path.of(run(new ProcessBuilder("mvn", "-B", "-v")).stream()
        .filter(line -> line.contains("Maven home: "))
        .map(line -> line.replaceAll(".*Maven home: ", "").strip())
        .findFirst()
        .orElseThrow());
    Path source = Files.writeString(
        Files.createDirectories(shared.resolve("dev/porchlight/model")).resolve("Main.java"),
        """
        package dev.porchlight.model;

        public final class Main {
          public static void main(String[] arguments) {
            System.out.println("model step: " + System.getProperty("java.home"));
          }
        }
        """);
    modelStep = shared.resolve("classes");
    assertThat(ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "--release", "25", "-d", modelStep.toString(), source.toString())).isZero();
  }

  @AfterEach
  void removeLinks() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  static Stream<Arguments> machines() {
    return Stream.of(NONE, "17", "25")
        .flatMap(javaHome -> Stream.of(NONE, "17", "25")
            .flatMap(onPath -> Stream.of("17", "25").map(maven -> Arguments.of(javaHome, onPath, maven))));
  }

  @ParameterizedTest(name = "JAVA_HOME {0}, java on the PATH {1}, Maven on {2}")
  @MethodSource("machines")
  void runsTheModelStepOnTheJdkThatWasFound(String javaHome, String onPath, String maven, @TempDir Path folder)
      throws Exception {
    FakeMachine machine = machine(folder, javaHome, onPath, maven);

    var outcome = machine.run("run");

    assertThat(Files.readAllLines(machine.path("maven.out"))).contains("model step: " + home("25").toRealPath());
    // What was built is no real jar: that the Java that was found says so shows that the launcher came as far as this.
    assertThat(outcome.errors()).anyMatch(line -> line.startsWith("porchlight: built in "))
        .last()
        .asString()
        .contains("porchlight.jar");
  }

  /** Without the launcher too, as an editor or {@code mvn compile} builds. */
  @ParameterizedTest
  @ValueSource(strings = {"17", "25"})
  void runsTheModelStepOnAJdk25WithoutTheLauncher(String maven, @TempDir Path folder) throws Exception {
    FakeMachine machine = machine(folder, "25", "17", maven);
    var mvn = new ProcessBuilder(machine.path("bin/mvn").toString(), "package")
        .directory(machine.path("tree").toFile());
    mvn.environment().put("JAVA_HOME", home("25").toString());
    mvn.environment().put("PATH", machine.path("bin") + ":" + mvn.environment().get("PATH"));
    mvn.environment().put("MACHINE", machine.path("").toString());

    run(mvn);

    assertThat(Files.readAllLines(machine.path("maven.out"))).contains("model step: " + home("25").toRealPath());
  }

  /** A fresh clone as far as the model step sees it, on a machine with these Javas. */
  private FakeMachine machine(Path folder, String javaHome, String onPath, String maven) throws IOException {
    var machine = new FakeMachine(folder, List.of());
    for (String pom : List.of("", "engine/", "model/", "server/", "bench/")) {
      Path copy = machine.path("tree/" + pom + "pom.xml");
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, Files.readString(ROOT.resolve(pom + "pom.xml")));
    }
    copyTree(modelStep, machine.path("tree/model/target/classes"));
    Path jvm = Files.createDirectories(machine.path("usr/lib/jvm"));
    links.add(Files.createSymbolicLink(jvm.resolve("jdk-17"), home("17")));
    links.add(Files.createSymbolicLink(jvm.resolve("jdk-25"), home("25")));
    if (!javaHome.equals(NONE)) {
      machine.variable("JAVA_HOME", home(javaHome).toString());
    }
    if (!onPath.equals(NONE)) {
      links.add(Files.createSymbolicLink(machine.path("bin/java"), home(onPath).resolve("bin/java")));
    }
    return machine.tool("npm", "").tool("mvn", maven(maven));
  }

  /** The machine's own Maven on the Java of this version; of a build it runs the toolchain's choice and the model step. */
  private static String maven(String version) throws IOException {
    Path repository = Path.of(System.getProperty("maven.repo.local",
        Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    return """
           toolchain=
           for argument in "$@"; do
             case $argument in
               -Dtoolchain.*) toolchain=$argument ;;
               package) set -- -pl model toolchains:select-jdk-toolchain@default exec:exec@default-model ;;
             esac
           done
           for jar in '%2$s'/boot/plexus-classworlds-*.jar; do
             '%1$s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -classpath "$jar" \
               -Dclassworlds.conf='%2$s/bin/m2.conf' -Dmaven.home='%2$s' -Dlibrary.jansi.mode=strip \
               -Dmaven.multiModuleProjectDirectory="$PWD" org.codehaus.plexus.classworlds.launcher.Launcher \
               -o -B -Dmaven.repo.local='%3$s' $toolchain "$@" >"$MACHINE/maven.out" 2>&1 || status=$?
           done
           cat "$MACHINE/maven.out"
           if [ "$1" = -pl ]; then
             mkdir -p server/target/lib bench/target
             echo jar > server/target/porchlight.jar
             echo jar > bench/target/porchlight-bench.jar
           fi
           exit "${status:-0}"
           """.formatted(home(version), mavenHome, repository);
  }

  private static Path home(String version) {
    if (version.equals("25")) {
      return Path.of(System.getProperty("java.home"));
    }
    return Stream.of("java-17-openjdk-amd64", "java-17-openjdk-arm64", "java-17-openjdk", "temurin-17-jdk-amd64")
        .map(name -> Path.of("/usr/lib/jvm", name))
        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
        .findFirst()
        .orElse(Path.of("no-jdk-17"));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, Files.createDirectories(to.resolve(from.relativize(file).toString()).getParent())
            .resolve(file.getFileName()));
      }
    }
  }

  private static List<String> run(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s", lines).isZero();
    return lines;
  }
}
