package dev.porchlight.bench;

import java.util.List;

/**
 * A server to measure: it broadcasts whatever text comes on the WebSocket {@code /pub} on {@code /ws/events}.
 *
 * @param label   what it is called in the table
 * @param command what starts it, with {@code PORT} where the port goes
 */
record Peer(String label, List<String> command) {
  /** Reads {@code LABEL=COMMAND}; the command is one of a shell. */
  static Peer parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || !text.substring(equals).contains("PORT")) {
      throw new UsageException("--server must be LABEL=COMMAND with PORT where the port goes, not " + text);
    }
    return new Peer(text.substring(0, equals), List.of("sh", "-c", text.substring(equals + 1)));
  }

  List<String> commandFor(int port) {
    return command.stream().map(word -> word.replace("PORT", String.valueOf(port))).toList();
  }
}
