package dev.porchlight.app;

import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The arguments of the process. They are described by calls and not by annotations, so that nothing has to be found out
 * by reflection at each start; what they mean to a reader stands in one place, the help of the launcher.
 */
final class CommandLine {
  private static final int CANNOT_BE_PARSED = 2;
  private static final int GREATEST_PORT = 65_535;

  private final Commands commands;
  private final PrintStream errors;

  CommandLine(Commands commands, PrintStream errors) {
    this.commands = commands;
    this.errors = errors;
  }

  /** Carries out {@code arguments}; the exit code is that of the command, or 2 for arguments that make no sense. */
  int execute(String... arguments) {
    List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
    return switch (arguments.length == 0 ? "" : arguments[0]) {
      case "run" -> parsed(runOptions().addOption(flag("--new-epoch")), rest,
          result -> commands.run(runOptions(result), result.hasMatchedOption("--new-epoch")));
      case "config" -> parsed(runOptions(), rest, result -> commands.config(runOptions(result)));
      case "detect" -> parsed(pictures(), rest, result -> commands.detect(pictures(result)));
      case "evaluate" -> parsed(evaluation(), rest,
          result -> commands.evaluate(folder(result), result.hasMatchedOption("--list")));
      case "analyse" -> parsed(analysis(), rest,
          result -> commands.analyse(event(result), result.hasMatchedOption("--dry-run"), runOptions(result)));
      case "" -> refused("no command");
      default -> refused("unknown command " + arguments[0]);
    };
  }

  private int parsed(CommandSpec spec, List<String> arguments, Command command) {
    ParseResult result;
    try {
      result = new picocli.CommandLine(spec).setExpandAtFiles(false).parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      return refused(String.valueOf(e.getMessage()));
    }
    return command.execute(result);
  }

  private int refused(String why) {
    errors.println("porchlight: " + why.replaceAll("\\R", " ") + " (./porchlight help shows what there is)");
    return CANNOT_BE_PARSED;
  }

  private static CommandSpec runOptions() {
    return CommandSpec.create()
        .addOption(option("--host", "H", String.class, CommandLine::text))
        .addOption(option("--port", "P", Integer.class, CommandLine::port))
        .addOption(option("--data", "DIR", Path.class, CommandLine::path))
        .addOption(option("--config", "FILE", Path.class, CommandLine::path));
  }

  private static RunOptions runOptions(ParseResult result) {
    return new RunOptions(result.matchedOptionValue("--host", null), result.matchedOptionValue("--port", null),
        result.matchedOptionValue("--data", null), result.matchedOptionValue("--config", null));
  }

  private static CommandSpec pictures() {
    return CommandSpec.create()
        .addPositional(PositionalParamSpec.builder()
            .paramLabel("FILE")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(Path.class)
            .converters(converter(CommandLine::path))
            .build());
  }

  private static List<Path> pictures(ParseResult result) {
    return List.copyOf(result.matchedPositionalValue(0, List.<Path>of()));
  }

  private static CommandSpec evaluation() {
    return CommandSpec.create()
        .addOption(flag("--list"))
        .addPositional(PositionalParamSpec.builder()
            .paramLabel("DIR")
            .arity("1")
            .required(true)
            .type(Path.class)
            .converters(converter(CommandLine::path))
            .build());
  }

  private static Path folder(ParseResult result) {
    return Objects.requireNonNull(result.<Path>matchedPositionalValue(0, null));
  }

  private static CommandSpec analysis() {
    return runOptions().addOption(flag("--dry-run"))
        .addPositional(PositionalParamSpec.builder()
            .paramLabel("EVENT_ID")
            .arity("1")
            .required(true)
            .type(Long.class)
            .converters(CommandLine::eventId)
            .build());
  }

  private static long event(ParseResult result) {
    return Objects.requireNonNull(result.<Long>matchedPositionalValue(0, null));
  }

  private static Long eventId(String text) {
    if (text.matches("[1-9]\\d{0,17}")) {
      return Long.valueOf(text);
    }
    throw new TypeConversionException("must be the number of an event, not " + text);
  }

  private static <T> OptionSpec option(String name, String label, Class<T> type, ITypeConverter<T> converter) {
    return OptionSpec.builder(name).paramLabel(label).arity("1").type(type).converters(converter).build();
  }

  private static OptionSpec flag(String name) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).build();
  }

  private static ITypeConverter<Path> converter(ITypeConverter<Path> converter) {
    return converter;
  }

  private static String text(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("must not be empty");
    }
    return text;
  }

  private static Path path(String text) {
    try {
      return Path.of(text(text));
    } catch (InvalidPathException e) {
      throw new TypeConversionException("must be a path: " + e.getReason());
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= GREATEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told with the range below.
    }
    throw new TypeConversionException("must be a port from 0 to " + GREATEST_PORT + ", not " + text);
  }

  /** What to do with arguments that make sense. */
  private interface Command {
    int execute(ParseResult result);
  }
}
