package dev.porchlight.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What was measured, by server, phase and round. Confined to one thread. */
final class Results {
  private static final String FLOOR = "floor";

  private final Map<String, Map<String, Map<Integer, PhaseResult>>> byServer = new LinkedHashMap<>();

  /** Notes a result; a phase that was run twice in a round counts the last time. */
  void add(String server, int round, PhaseResult result) {
    byServer.computeIfAbsent(server, _ -> new LinkedHashMap<>())
        .computeIfAbsent(result.phase(), _ -> new TreeMap<>())
        .put(round, result);
  }

  /** True when anything is known of a server. */
  boolean has(String server) {
    return byServer.containsKey(server);
  }

  /** A figure of a server in a phase, over the rounds. */
  Spread spread(String server, String phase, ToDoubleFunction<PhaseResult> figure) {
    return Spread.of(rounds(server, phase).values().stream().map(figure::applyAsDouble).toList());
  }

  /**
   * The processor time of a server per delivery in a phase, as a multiple of that of the floor in the same round: load
   * from outside changes from minute to minute, and hits both.
   */
  Spread timesFloor(String server, String phase) {
    Map<Integer, PhaseResult> floor = rounds(FLOOR, phase);
    return Spread.of(rounds(server, phase).entrySet()
        .stream()
        .filter(round -> floor.containsKey(round.getKey()))
        .map(round -> round.getValue().cpuMicros()
            / Objects.requireNonNull(floor.get(round.getKey())).cpuMicros())
        .filter(Double::isFinite)
        .toList());
  }

  /** Deliveries of a server that never came, in all rounds. */
  long lost(String server) {
    return byServer.getOrDefault(server, Map.of())
        .values()
        .stream()
        .flatMap(rounds -> rounds.values().stream())
        .mapToLong(PhaseResult::lost)
        .sum();
  }

  private Map<Integer, PhaseResult> rounds(String server, String phase) {
    return byServer.getOrDefault(server, Map.of()).getOrDefault(phase, Map.of());
  }
}
