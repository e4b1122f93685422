package dev.porchlight.app;

import dev.porchlight.config.CommandLineOption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class CommandLineTest {
  private final NotedCommands commands = new NotedCommands();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void runsWithoutOptions() {
    assertThat(execute("run")).isZero();
    assertThat(commands.asked).containsExactly("run", new RunOptions(null, null, null, null), false);
  }

  @Test
  void runsWithEveryOption() {
    assertThat(
        execute("run", "--host", "0.0.0.0", "--port=0", "--data", "my data", "--config=etc/p.yaml", "--new-epoch"))
        .isZero();
    assertThat(commands.asked)
        .containsExactly("run", new RunOptions("0.0.0.0", 0, Path.of("my data"), Path.of("etc/p.yaml")), true);
  }

  @Test
  void showsTheSettingsOfTheSameOptions() {
    assertThat(execute("config", "--port", "65535")).isZero();
    assertThat(commands.asked).containsExactly("config", new RunOptions(null, 65_535, null, null));
  }

  @Test
  void detectsInEveryFileInOrderHoweverItIsCalled() {
    assertThat(execute("detect", "b c.jpg", "@a.jpg", "--", "--port.jpg")).isZero();
    assertThat(commands.asked)
        .containsExactly("detect", List.of(Path.of("b c.jpg"), Path.of("@a.jpg"), Path.of("--port.jpg")));
  }

  @Test
  void analysesAnEvent() {
    assertThat(execute("analyse", "7")).isZero();
    assertThat(execute("analyse", "--dry-run", "--port", "8001", "12")).isZero();
    assertThat(commands.asked).containsExactly("analyse", 7L, false, new RunOptions(null, null, null, null), "analyse",
        12L, true,
        new RunOptions(null, 8_001, null, null));
  }

  @Test
  void evaluatesAFolder() {
    assertThat(execute("evaluate", "my pictures")).isZero();
    assertThat(execute("evaluate", "--list", "b")).isZero();
    assertThat(commands.asked)
        .containsExactly("evaluate", Path.of("my pictures"), false, "evaluate", Path.of("b"), true);
  }

  @Test
  void exitsWithTheCodeOfTheCommand() {
    commands.exitCode = 1;

    assertThat(execute("run")).isEqualTo(1);
    assertThat(errors.toString(UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "                      | no command",
    "fly                   | unknown command fly",
    "run --port            | Missing required parameter for option '--port'",
    "run --port many       | Invalid value for option '--port': must be a port from 0 to 65535, not many",
    "run --port 65536      | Invalid value for option '--port': must be a port from 0 to 65535, not 65536",
    "run --port=-1         | Invalid value for option '--port': must be a port from 0 to 65535, not -1",
    "run --port 1 --port 2 | option '--port' (P) should be specified only once",
    "run --prot 8000       | Unknown option",
    "run somewhere         | Unmatched argument",
    "run --data --port 1   | Expected parameter for option '--data' but found '--port'",
    "run --new-epoch=      | --new-epoch",
    "config --new-epoch    | Unknown option",
    "run --data=           | Invalid value for option '--data': must not be empty",
    "config --host=        | Invalid value for option '--host': must not be empty",
    "detect                | Missing required parameter: 'FILE'",
    "detect --fast a.jpg   | Unknown option",
    "evaluate              | Missing required parameter: 'DIR'",
    "evaluate a b          | Unmatched argument",
    "analyse               | Missing required parameter: 'EVENT_ID'",
    "analyse seven         | must be the number of an event, not seven",
    "analyse 0             | must be the number of an event, not 0",
    "analyse 1 --dry       | Unknown option",
    "evaluate --lost a     | Unknown option",
  })
  void refusesWhatMakesNoSenseInOneLine(String line, String why) {
    assertThat(execute(line == null ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(commands.asked).isEmpty();
    assertThat(errors.toString(UTF_8)).startsWith("porchlight: ")
        .contains(why)
        .endsWith(" (./porchlight help shows what there is)" + System.lineSeparator())
        .hasLineCount(1);
  }

  @Test
  void staysOnOneLineWhateverItIsGiven() {
    assertThat(execute("run", "--port", "8\n9")).isEqualTo(2);
    assertThat(errors.toString(UTF_8)).hasLineCount(1);
  }

  @Test
  void turnsOptionsIntoSettings() {
    assertThat(new RunOptions("::1", 80, Path.of("d"), Path.of("c")).settings()).containsExactly(
        new CommandLineOption("--host", "http.host", "::1"), new CommandLineOption("--port", "http.port", "80"),
        new CommandLineOption("--data", "data.folder", "d"));
    assertThat(new RunOptions(null, null, null, null).settings()).isEmpty();
  }

  private int execute(String... arguments) {
    return new CommandLine(commands, new PrintStream(errors, true, UTF_8)).execute(arguments);
  }

  /** Notes what it is asked for and does nothing. */
  private static final class NotedCommands implements Commands {
    private final List<Object> asked = new ArrayList<>();
    private int exitCode;

    @Override
    public int run(RunOptions options, boolean isNewEpochWanted) {
      asked.addAll(List.of("run", options, isNewEpochWanted));
      return exitCode;
    }

    @Override
    public int detect(List<Path> pictures) {
      asked.addAll(List.of("detect", pictures));
      return exitCode;
    }

    @Override
    public int analyse(long eventId, boolean isDry, RunOptions options) {
      asked.addAll(List.of("analyse", eventId, isDry, options));
      return 0;
    }

    @Override
    public int evaluate(Path folder, boolean list) {
      asked.addAll(List.of("evaluate", folder, list));
      return exitCode;
    }

    @Override
    public int config(RunOptions options) {
      asked.addAll(List.of("config", options));
      return exitCode;
    }
  }
}
