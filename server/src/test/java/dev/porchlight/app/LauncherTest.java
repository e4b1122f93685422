package dev.porchlight.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.porchlight.app.FakeMachine.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The launcher under each shell that the machine has, with a Java and a Maven that only say how they were called. */
@ParameterizedClass
@MethodSource("shells")
class LauncherTest {
  private static final String JVM = "usr/lib/jvm";

  private final FakeMachine machine;

  LauncherTest(List<String> shell, @TempDir Path folder) throws IOException {
    machine = new FakeMachine(folder, shell);
  }

  static Stream<List<String>> shells() throws IOException {
    var shells = new LinkedHashMap<Path, List<String>>();
    for (String line : List.of("/bin/sh", "/bin/dash", "/bin/bash --posix")) {
      List<String> shell = Arrays.asList(line.split(" "));
      Path program = Path.of(shell.getFirst());
      if (Files.isExecutable(program)) {
        shells.putIfAbsent(program.toRealPath(), shell.getFirst().equals("/bin/sh") ? List.of() : shell);
      }
    }
    return shells.values().stream();
  }

  @Test
  void becomesTheServerInTheSameProcess() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();

    var outcome = machine.run("run", "--data", "my data", "", "*", "$HOME", "it's \"quoted\"\\", "--config=a b");

    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output()).containsExactly(JVM + "/jdk-25", String.valueOf(outcome.pid()),
        machine.path("caller").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-XX:MaxDirectMemorySize=128m",
        "-XX:+ExitOnOutOfMemoryError", "-Xms32m", "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Djava.awt.headless=true", "-jar", machine.path("tree/server/target/porchlight.jar").toString(), "run",
        "--data", "my data", "", "*", "$HOME", "it's \"quoted\"\\", "--config=a b");
  }

  @Test
  void passesSignalsAndTheExitCodeOn() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").release(JVM + "/jdk-25", "25.0.1").built();
    machine.executable(JVM + "/jdk-25/bin/java", """
                                                 #!/bin/sh
                                                 trap 'echo stopped in order; exit 7' TERM
                                                 echo ready
                                                 while :; do sleep 1; done
                                                 """);
    Process server = machine.start("run");
    assertThat(server.inputReader().readLine()).isEqualTo("ready");

    server.toHandle().destroy();

    assertThat(outcome(server)).satisfies(outcome -> {
      assertThat(outcome.output()).containsExactly("stopped in order");
      assertThat(outcome.exitCode()).isEqualTo(7);
    });
  }

  @Test
  void letsTheMemorySettingsBeReplacedAndKeepsTheOthers() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built().variable("PORCHLIGHT_JAVA_OPTS", "-Xmx1g  -XX:+UseG1GC -Da=*");

    var outcome = machine.run("detect", "a.jpg");

    assertThat(outcome.output()).contains("-Xmx1g", "-XX:+UseG1GC", "-Da=*", "--enable-native-access=ALL-UNNAMED")
        .doesNotContain("-Xmx256m", "-XX:+UseSerialGC");
  }

  @Test
  void evaluates() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();

    assertThat(machine.run("evaluate", "--list", "my pictures").output()).endsWith("evaluate", "--list",
        "my pictures");
  }

  @ParameterizedTest
  @CsvSource({"fanout,dev.porchlight.bench.FanoutBenchmark", "fanout-server,dev.porchlight.bench.FanoutServer",
    "jmh,org.openjdk.jmh.Main -prof gc", "pictures,dev.porchlight.bench.PicturesBenchmark"})
  void measuresWithTheSettingsOfTheServer(String name, String program) throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();

    var outcome = machine.run("bench", name, "--port", "my port", "*");

    var expected = new ArrayList<>(List.of(JVM + "/jdk-25", String.valueOf(outcome.pid()),
        machine.path("caller").toString(), "-XX:+UseSerialGC", "-Xmx256m", "-XX:MaxDirectMemorySize=128m",
        "-XX:+ExitOnOutOfMemoryError", "-Xms32m", "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Djava.awt.headless=true", "-Dporchlight.root=" + machine.path("tree"), "-cp",
        machine.path("tree/bench/target/porchlight-bench.jar").toString()));
    expected.addAll(List.of(program.split(" ")));
    expected.addAll(List.of("--port", "my port", "*"));
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output()).isEqualTo(expected);
    machine.variable("PORCHLIGHT_JAVA_OPTS", "-Xmx1g");
    assertThat(machine.run("bench", name).output()).contains("-Xmx1g").doesNotContain("-Xmx256m");
  }

  @Test
  void buildsTheBenchmarksWhereOnlyTheServerIsBuilt() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").maven().tool("npm", "").built();
    Files.delete(machine.path("tree/bench/target/porchlight-bench.jar"));

    assertThat(machine.run("bench", "fanout").exitCode()).isZero();
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @Test
  void leavesTheHelpOfJmhToJmh() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();

    assertThat(machine.run("bench", "jmh", "-h").output()).endsWith("-h");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();
    Files.createSymbolicLink(machine.path("linked tree"), Path.of("tree"));
    Files.createSymbolicLink(machine.path("home/second"), Path.of("../linked tree/porchlight"));
    Path first = Files.createSymbolicLink(machine.path("first"), machine.path("home/second"));

    var outcome = outcome(machine.startAs(first, "config"));

    assertThat(outcome.output()).contains(machine.path("tree/server/target/porchlight.jar").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {JVM + "/jdk-25", "opt/my-jdk-25", "home/.sdkman/candidates/java/25-tem",
    "home/.jdks/temurin-25",
    "opt/homebrew/opt/openjdk/libexec/openjdk.jdk/Contents/Home", "home/.jdks/openjdk-25/Contents/Home"})
  void findsJavaWhereItIsUsuallyInstalled(String home) throws Exception {
    machine.jdk(home, "25.0.1").built();

    assertThat(machine.run("run").output()).startsWith(home);
  }

  @Test
  void findsTheJavaOfMacos() throws Exception {
    machine.jdk("Library/jdk-25", "25.0.1").built();
    machine.executable("usr/libexec/java_home",
        "#!/bin/sh\n[ \"$*\" = '-v 25+' ] && echo \"$MACHINE/Library/jdk-25\"\n");

    assertThat(machine.run("run").output()).startsWith("Library/jdk-25");
  }

  @Test
  void takesTheFirstJavaThatIsNewEnough() throws Exception {
    machine.jdk("named", "25").jdk("home-of-java", "26-ea").jdk("on-path", "25.0.3").jdk(JVM + "/a", "25").built();
    machine.release("on-path", "25.0.3");
    machine.jdk("old", "21.0.2").release("old", "21.0.2").jdk("ancient", "1.8.0_402");
    Files.createSymbolicLink(machine.path("bin/java"), Path.of("../on-path/bin/java"));

    assertThat(machine.run("run").output()).startsWith("on-path");
    machine.variable("JAVA_HOME", machine.path("old").toString());
    assertThat(machine.run("run").output()).startsWith("on-path");
    machine.variable("JAVA_HOME", machine.path("ancient").toString());
    assertThat(machine.run("run").output()).startsWith("on-path");
    machine.variable("JAVA_HOME", machine.path("home-of-java").toString());
    assertThat(machine.run("run").output()).startsWith("home-of-java");
    machine.variable("PORCHLIGHT_JAVA_HOME", "../named");
    assertThat(machine.run("run").output()).startsWith("named");
  }

  @Test
  void asksAShimOnThePathWhereItsJavaLives() throws Exception {
    machine.jdk("versions/25", "25.0.1").built();
    machine.tool("java", "[ \"$1\" = -XshowSettings:properties ] && echo \"    java.home = $MACHINE/versions/25\" >&2");

    assertThat(machine.run("run").output()).startsWith("versions/25");
  }

  @Test
  void believesTheReleaseFileWithoutStartingJava() throws Exception {
    machine.jdk(JVM + "/jdk-24", "99")
        .release(JVM + "/jdk-24", "24.0.2")
        .jre(JVM + "/jdk-26", "1")
        .release(JVM + "/jdk-26", "26")
        .built();

    assertThat(machine.run("run").output()).startsWith(JVM + "/jdk-26");
  }

  @Test
  void saysInOneLineThatThereIsNoJava() throws Exception {
    machine.jdk(JVM + "/jdk-21", "21.0.2").built();

    refuses(1, "no JDK 25 or newer was found: install one", "run");
    refuses(1, "no JDK 25 or newer was found: install one", "test");
  }

  @Test
  void refusesANamedJavaThatIsTooOldRatherThanTakeAnother() throws Exception {
    machine.jdk("old", "21").jdk(JVM + "/jdk-25", "25").built();
    machine.variable("PORCHLIGHT_JAVA_HOME", machine.path("old").toString());

    refuses(1, "PORCHLIGHT_JAVA_HOME=" + machine.path("old") + " is no JDK 25 or newer", "run");
  }

  @Test
  void runsOnAJavaWithoutCompilerWhatIsBuiltAndBuildsOnlyWithOne() throws Exception {
    machine.jre(JVM + "/jre-25", "25").maven().tool("npm", "").built();
    assertThat(machine.run("run").output()).startsWith(JVM + "/jre-25");

    machine.change("pom.xml");
    refuses(1, "no JDK 25 or newer was found", "run");
  }

  @Test
  void buildsOnFirstUse() throws Exception {
    machine.jdk("my jdk/25", "25").variable("JAVA_HOME", machine.path("my jdk/25").toString()).maven().tool("npm", "");

    var outcome = machine.run("run");

    assertThat(outcome.output()).startsWith("my jdk/25").endsWith("run");
    assertThat(outcome.errors()).satisfiesExactly(
        line -> assertThat(line).isEqualTo("porchlight: building Porchlight (the first time takes a few minutes) ..."),
        line -> assertThat(line).matches("porchlight: built in \\d+ s"));
    assertThat(machine.mavenCalls()).containsExactly(machine.path("tree")
        + "|-Dtoolchain.jdk.env=JAVA_PORCHLIGHT_HOME -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl server,bench -am package|java="
        + machine.path("my jdk/25"));
    assertThat(machine.path("tree/target/build.lock")).doesNotExist();
    assertThat(machine.run("run").errors()).isEmpty();
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"pom.xml,true", "engine/src/main/java/Engine.java,true", "engine/src/main/java,true",
    "bench/src/main/java/Bench.java,true",
    "server/src/test/java/ServerTest.java,false", "engine,false", "server/target/lib,false", "porchlight,false"})
  void buildsAgainWhenASourceIsNewer(String changed, boolean builds) throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").maven().tool("npm", "").built();
    assertThat(machine.run("run").errors()).isEmpty();

    machine.change(changed);

    assertThat(machine.run("run").exitCode()).isZero();
    assertThat(machine.mavenCalls()).hasSize(builds ? 1 : 0);
  }

  @Test
  void buildsAgainWhatWasChangedDuringTheBuild() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven("sleep 1; touch engine/src/main/java/Engine.java");

    machine.run("run");
    machine.maven().run("run");
    machine.run("run");

    assertThat(machine.mavenCalls()).hasSize(2);
  }

  @Test
  void writesNothingWhenNothingIsToBeBuilt() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();
    List<String> before = machine.tree();

    machine.run("run");
    machine.run("help");

    assertThat(machine.tree()).isEqualTo(before);
  }

  @Test
  void showsTheEndOfABuildThatFails() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven("echo '[ERROR] no such symbol'; exit 1");

    var outcome = machine.run("run");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).contains("[ERROR] no such symbol")
        .last()
        .asString()
        .startsWith("porchlight: the build failed");
    assertThat(machine.path("tree/target/build.lock")).doesNotExist();
    assertThat(machine.maven().run("run").exitCode()).isZero();
  }

  @Test
  void buildsOnceWhenTwoStartAtTheSameTime() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25")
        .tool("npm", "")
        .maven(
            "mkdir alone || exit 1; echo here > \"$MACHINE/started\"; while [ ! -e \"$MACHINE/go\" ]; do sleep 1; done; rmdir alone");
    Process first = machine.start("run");
    await().until(() -> Files.exists(machine.path("started")));
    Process second = machine.start("run");
    assertThat(second.errorReader().readLine())
        .startsWith("porchlight: waiting for another build (process " + first.pid());

    Files.createFile(machine.path("go"));

    assertThat(outcome(first).exitCode()).isZero();
    assertThat(outcome(second)).satisfies(outcome -> {
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.errors()).isEmpty();
    });
    assertThat(machine.mavenCalls()).hasSize(1);
  }

  @Test
  void takesOverTheLockOfABuildThatWasKilled() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven();
    Files.createDirectories(machine.path("tree/target"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(machine.path("tree/target/build.lock"), Path.of(String.valueOf(gone.pid())));

    assertThat(machine.run("run").exitCode()).isZero();
    assertThat(machine.mavenCalls()).hasSize(1);
    assertThat(machine.path("tree/target")).isDirectoryNotContaining("glob:**build.lock*");
  }

  @Test
  void saysInOneLineWhatABuildLacks() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25");
    refuses(1, "Maven 3.8 or newer is needed to build: install it", "run");

    machine.tool("mvn", "echo 'Apache Maven 3.6.3'; echo 'Java version: 17.0.1'");
    refuses(1, "Maven 3.8 or newer is needed to build, and mvn is 3.6.3: install a newer one", "run");

    machine.tool("mvn", "echo broken >&2; exit 1");
    refuses(1, "Maven 3.8 or newer is needed to build, and mvn is broken: install a newer one", "run");

    machine.maven();
    refuses(1, "npm is needed once, to fetch the default detector: install it", "run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"home/.cache/porchlight/models/ssd.onnx", "tree/model/target/onnx/ssd.onnx"})
  void needsNoNpmWhenTheDetectorIsThere(String detector) throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").maven().executable(detector, "onnx");

    assertThat(machine.run("run").exitCode()).isZero();
  }

  @Test
  void lendsMavenItsJavaWhenMavenHasNoneThatWillDo() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").variable("PORCHLIGHT_MODEL_TARBALL", "x.tgz");
    machine.tool("mvn", """
                        case "${JAVA_HOME:-}" in
                          */jdk-25) echo 'Apache Maven 4.0.0'; echo 'Java version: 25' ;;
                          *) echo 'Apache Maven 4.0.0'; echo 'Java version: 11.0.2' ;;
                        esac
                        if [ "$2" != -v ]; then
                          mkdir -p server/target/lib bench/target
                          echo jar > bench/target/porchlight-bench.jar
                          echo "$JAVA_HOME $PORCHLIGHT_MODEL_TARBALL" > server/target/porchlight.jar
                        fi
                        """);

    assertThat(machine.run("run").exitCode()).isZero();
    assertThat(machine.path("tree/server/target/porchlight.jar"))
        .hasContent(machine.path(JVM + "/jdk-25") + " " + machine.path("caller/x.tgz"));
  }

  @ParameterizedTest
  @CsvSource({"'',verify", "unit,test", "integration,verify -DskipUnitTests=true", "--coverage,verify -Pcoverage",
    "unit --coverage,verify -DskipITs=true -Pcoverage",
    "--coverage integration,verify -DskipUnitTests=true -Pcoverage"})
  void runsTheTestsThatAreAskedFor(String arguments, String goals) throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven("echo \"Tests run: 1 $BUILDING_PORCHLIGHT\"; exit 1");
    machine.executable("media/examples/data/vtest.avi", "").variable("PORCHLIGHT_TEST_MEDIA", "../media");
    machine.executable("tree/server/target/site/jacoco/index.html", "");

    var outcome = machine.run(("test " + arguments).strip().split(" "));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.output()).containsExactly("Tests run: 1 yes");
    assertThat(machine.mavenCalls()).containsExactly(machine.path("tree")
        + "|-Dtoolchain.jdk.env=JAVA_PORCHLIGHT_HOME -B " + goals + " -Dporchlight.test-media="
        + machine.path("caller/../media") + "|java=" + machine.path(JVM + "/jdk-25"));
    assertThat(outcome.errors().stream().filter(line -> line.startsWith("porchlight: coverage: ")).toList())
        .hasSize(arguments.contains("--coverage") ? 1 : 0);
    assertThat(machine.path("tree/target/build.lock")).doesNotExist();
  }

  @Test
  void saysHowToGetTheTestMediaItCannotGet() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven();

    var outcome = machine.run("test", "unit");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.errors()).singleElement()
        .asString()
        .startsWith("porchlight: tests with real pictures will be skipped: install Debian's opencv-doc");
    assertThat(machine.mavenCalls()).singleElement().asString().contains("-Dporchlight.test-media=|");
  }

  @Test
  void fetchesTheTestMediaOnce() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven().variable("PORCHLIGHT_CACHE", "my cache");
    machine.tool("apt-get", "[ \"$1\" = download ] && echo deb > \"$2_1_all.deb\"");
    machine.tool("dpkg-deb",
        """
        [ "$1" = -x ] && [ -f "$2" ] || exit 1
        mkdir -p "$3/usr/share/doc/opencv-doc/examples/data" "$3/usr/share/doc/opencv-doc/opencv4/html"
        echo avi > "$3/usr/share/doc/opencv-doc/examples/data/vtest.avi"
        """);
    Path media = machine.path("caller/my cache/test-media/usr/share/doc/opencv-doc");

    assertThat(machine.run("test").errors()).containsExactly(
        "porchlight: fetching pictures and videos for the tests (opencv-doc, 95 MB) ...",
        "porchlight: they are in " + media);
    assertThat(machine.run("test").errors()).isEmpty();

    assertThat(machine.mavenCalls()).hasSize(2)
        .allMatch(call -> call.contains("-Dporchlight.test-media=" + media + "|"));
    assertThat(media.resolve("examples/data/vtest.avi")).exists();
    assertThat(machine.path("caller/my cache/test-media")).isDirectoryNotContaining("glob:**unpacking*");
  }

  @Test
  void goesOnWhenTheTestMediaCannotBeFetched() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven().tool("apt-get", "exit 100").tool("dpkg-deb", "exit 2");

    var outcome = machine.run("test");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.errors()).hasSize(2).last().asString().contains("will be skipped");
    assertThat(machine.path("home/.cache/porchlight/test-media")).isEmptyDirectory();
  }

  @Test
  void refusesNamedTestMediaThatAreNotThere() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").tool("npm", "").maven().variable("PORCHLIGHT_TEST_MEDIA", "/nowhere");

    refuses(1, "PORCHLIGHT_TEST_MEDIA=/nowhere has no examples/data/vtest.avi", "test");
  }

  @Test
  void refusesACommandLineItCannotUnderstand() throws Exception {
    refuses(2, "unknown command fly", "fly");
    refuses(2, "unknown command --port", "--port", "80");
    refuses(2, "test does not know --fast", "test", "--fast");
    refuses(2, "test takes unit or integration, not both", "test", "unit", "integration");
    refuses(2, "bench needs a name: fanout, fanout-server, jmh, pictures or arrival", "bench");
    refuses(2, "soak needs a name: streams", "soak");
    refuses(2, "soak does not know water; there is streams", "soak", "water");
    refuses(2, "bench does not know speed; there are fanout, fanout-server, jmh, pictures and arrival", "bench",
        "speed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "help", "-h", "--help", "run --help", "detect -h", "test --help", "bench -h",
    "soak streams --help",
    "bench fanout --help"})
  void helpsWithoutNeedingAnything(String arguments) throws Exception {
    var outcome = machine.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output()).allMatch(line -> line.length() <= 120)
        .anyMatch(line -> line.contains("--port P") && line.contains("(default 8000)"))
        .anyMatch(line -> line.startsWith("  ./porchlight detect FILE..."));
  }

  @Test
  void takesAFileThatIsCalledLikeHelp() throws Exception {
    machine.jdk(JVM + "/jdk-25", "25").built();

    assertThat(machine.run("detect", "--", "--help").output()).endsWith("detect", "--", "--help");
  }

  private void refuses(int exitCode, String why, String... arguments) throws Exception {
    var outcome = machine.run(arguments);

    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).singleElement().asString().startsWith("porchlight: " + why);
  }
}
