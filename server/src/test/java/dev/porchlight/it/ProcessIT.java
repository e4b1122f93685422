package dev.porchlight.it;

import dev.porchlight.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The real jar as a process: how it starts, how it refuses to, and how it stops. */
class ProcessIT {
  private final List<Process> started = new ArrayList<>();

  @TempDir
  private Path folder;

  @AfterEach
  void kill() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aSignalStopsItInOrderAndItExitsWith0() throws Exception {
    for (String signal : List.of("TERM", "INT")) {
      Process server = start(Map.of(), "run", "--port", "0", "--data", "data");
      awaitOutput(server, "listening on http://127.0.0.1:");

      assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(server.pid())).start().waitFor()).isZero();

      assertThat(exitCode(server)).as(signal + ": " + output(server)).isZero();
      assertThat(output(server)).contains("stopped").doesNotContain("ERROR", "WARN", "Exception");
    }
    assertThat(Files.getPosixFilePermissions(folder.resolve("data")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theWorkingDirectoryChangesNothingOfThePageAndTheTemporaryFolderIsLeftAlone() throws Exception {
    Files.createDirectories(folder.resolve("web"));
    Files.writeString(folder.resolve("web/index.html"), "a page of somebody else");
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Process server = start(Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary), "run", "--port", "0", "--data",
        "data");
    awaitOutput(server, "listening on http://127.0.0.1:");
    String port = output(server).replaceFirst("(?s).*listening on http://127.0.0.1:(\\d+).*", "$1");

    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build(),
          HttpResponse.BodyHandlers.ofString()).body()).contains("<title>Porchlight</title>");
    }

    assertThat(temporary).isDirectoryNotContaining("glob:**/vertx-cache*");
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefusedAndToldWhoHasIt() throws Exception {
    Process first = start(Map.of(), "run", "--port", "0", "--data", "data");
    awaitOutput(first, "listening");

    Process second = start(Map.of(), "run", "--port", "0", "--data", "data");

    assertThat(exitCode(second)).isEqualTo(1);
    assertThat(output(second).lines()).singleElement().asString().contains(Long.toString(first.pid()));
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void aPortInUseIsOneLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process server = start(Map.of(), "run", "--port", Integer.toString(taken.getLocalPort()), "--data", "data");

      assertThat(exitCode(server)).isEqualTo(1);
      assertThat(output(server).lines()).singleElement().asString().contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void aHostBeyondLoopbackIsRefusedAndSaysWhatToDo() throws Exception {
    Process server = start(Map.of(), "run", "--host", "0.0.0.0", "--port", "0", "--data", "data");

    assertThat(exitCode(server)).isEqualTo(1);
    assertThat(output(server).lines()).singleElement().asString().contains("authentication", "127.0.0.1");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void allMistakesOfTheConfigurationAreToldAtOnce() throws Exception {
    Path config = Files.writeString(folder.resolve("bad.yaml"), """
                                                                batch:
                                                                  idel: 30s
                                                                  window: soon
                                                                risk.medium-from: 500
                                                                """);

    Process server = start(Map.of("PORCHLIGHT_BATHC_IDLE", "1s"), "run", "--config", config.toString(), "--data",
        "data");

    assertThat(exitCode(server)).isEqualTo(1);
    assertThat(output(server)).contains("4 mistakes")
        .contains("batch.idel")
        .contains("did you mean batch.idle")
        .contains("batch.window")
        .contains("risk.medium-from")
        .contains("PORCHLIGHT_BATCH_IDLE");
  }

  @Test
  void aDatabaseThatIsNoneOrIsNewerIsRefusedInOneLine() throws Exception {
    Files.createDirectories(folder.resolve("garbage"));
    Files.write(folder.resolve("garbage/porchlight.db"), new byte[8192]);
    Files.writeString(folder.resolve("garbage/porchlight.db"), "this is no database at all, whatever its name says");
    Process damaged = start(Map.of(), "run", "--port", "0", "--data", "garbage");
    assertThat(exitCode(damaged)).isEqualTo(1);
    assertThat(lastLine(damaged)).contains("porchlight.db");

    Process first = start(Map.of(), "run", "--port", "0", "--data", "newer");
    awaitOutput(first, "listening");
    first.destroy();
    assertThat(exitCode(first)).isZero();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("newer/porchlight.db"));
        var statement = connection.createStatement()) {
      statement
          .executeUpdate("INSERT INTO flyway_schema_history SELECT 99, '99', 'future', type, 'V99__future.sql', 1, "
              + "installed_by, installed_on, 1, 1 FROM flyway_schema_history LIMIT 1");
    }
    Process newer = start(Map.of(), "run", "--port", "0", "--data", "newer");
    assertThat(exitCode(newer)).isEqualTo(1);
    assertThat(lastLine(newer)).contains("newer").contains("99");
  }

  @Test
  void theSettingsInForceAreShownWithWhereTheyComeFrom() throws Exception {
    Process config = start(Map.of("PORCHLIGHT_BATCH_IDLE", "45s"), "config", "--port", "9000", "--data", "data");

    assertThat(exitCode(config)).isZero();
    assertThat(output(config)).contains("batch.idle: 45s")
        .contains("PORCHLIGHT_BATCH_IDLE")
        .contains("http.port: 9000")
        .contains("--port")
        .contains("batch.window: 90s");
  }

  @Test
  void aWayToServeSocketsThatThereIsNotIsNamedWithThoseThatThereAre() throws Exception {
    Process config = start(Map.of("PORCHLIGHT_HTTP_TRANSPORT", "pigeon"), "config", "--data", "data");

    assertThat(exitCode(config)).isEqualTo(1);
    assertThat(output(config).lines().filter(line -> line.contains("http.transport"))).singleElement()
        .asString()
        .contains("pigeon", "io_uring", "epoll", "nio", "auto");
  }

  @Test
  void aCommandLineThatMakesNoSenseExitsWith2() throws Exception {
    assertThat(exitCode(start(Map.of(), "run", "--prot", "1"))).isEqualTo(2);
    assertThat(exitCode(start(Map.of(), "rnu"))).isEqualTo(2);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    Path jar = Path.of(System.getProperty("porchlight.root"), "server", "target", "porchlight.jar");
    var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Path log = folder.resolve("process-" + started.size() + ".log");
    Process process = builder.redirectOutput(log.toFile()).start();
    started.add(process);
    return process;
  }

  private String output(Process process) throws IOException {
    return Files.readString(folder.resolve("process-" + started.indexOf(process) + ".log"));
  }

  private String lastLine(Process process) throws IOException {
    return output(process).lines().reduce("", (_, line) -> line);
  }

  private void awaitOutput(Process process, String text) {
    await().until(() -> output(process).contains(text));
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(Waits.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
