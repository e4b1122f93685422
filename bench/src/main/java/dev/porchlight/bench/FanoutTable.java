package dev.porchlight.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static dev.porchlight.bench.MarkdownTable.figure;

/** The table of a fan-out benchmark: a row for each server. */
final class FanoutTable {
  private FanoutTable() {}

  /**
   * Draws it.
   *
   * @param servers all labels, in the order of the rows; one with no figure is left out
   * @param phases  as they were asked for
   * @param idle    memory per idle connection in KiB, by server
   */
  static MarkdownTable of(Results results, List<String> servers, List<String> phases, Map<String, Double> idle) {
    List<String> kinds = phases.stream().map(PhaseResult::withoutDuration).distinct().toList();
    String throughputKind = kinds.stream().findFirst().orElse("");
    String latencyKind = kinds.stream().filter(kind -> kind.startsWith("rate")).findFirst().orElse(throughputKind);

    var head = new ArrayList<>(List.of("CPU µs per delivery"));
    for (String kind : kinds) {
      head.addAll(List.of(kind, "× floor"));
    }
    head.addAll(List.of("deliveries/s " + throughputKind, "p50 ms " + latencyKind, "p99 ms", "lost"));
    if (!idle.isEmpty()) {
      head.add("KiB per idle connection");
    }
    var table = new MarkdownTable(head);
    for (String server : servers) {
      if (!results.has(server) && !idle.containsKey(server)) {
        continue;
      }
      var row = new ArrayList<>(List.of(server));
      for (String kind : kinds) {
        row.add(figure(results.spread(server, kind, PhaseResult::cpuMicros).median(), 2));
        row.add(ratio(results.timesFloor(server, kind)));
      }
      row.add(figure(results.spread(server, throughputKind, PhaseResult::perSecond).median(), 0));
      row.add(figure(results.spread(server, latencyKind, PhaseResult::p50Millis).median(), 1));
      row.add(figure(results.spread(server, latencyKind, PhaseResult::p99Millis).median(), 1));
      row.add(String.valueOf(results.lost(server)));
      if (!idle.isEmpty()) {
        row.add(figure(idle.getOrDefault(server, Double.NaN), 1));
      }
      table.add(row);
    }
    return table;
  }

  private static String ratio(Spread spread) {
    return Double.isFinite(spread.median())
        ? "%s (%s-%s)".formatted(figure(spread.median(), 2), figure(spread.least(), 2), figure(spread.greatest(), 2))
        : "-";
  }
}
