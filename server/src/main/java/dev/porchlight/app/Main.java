package dev.porchlight.app;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /**
   * Does what the command line says, and exits: 0 when it is done or was stopped in order, 1 when it could not be done, 2
   * when the command line cannot be parsed.
   */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ServerCommands(System.getenv(), System.out, System.err), System.err).execute(args));
  }
}
