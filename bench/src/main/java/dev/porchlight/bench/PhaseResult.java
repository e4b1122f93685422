package dev.porchlight.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the generator measured in one phase.
 *
 * @param phase       kind and amount without the duration: {@code sat:1}
 * @param delivered   messages that clients received
 * @param expected    messages that clients were to receive
 * @param perSecond   deliveries per second
 * @param cpuMicros   processor time of the server per delivery, microseconds
 * @param p50Millis   median of the latencies, milliseconds
 * @param p99Millis   99th percentile of the latencies, milliseconds
 */
record PhaseResult(String phase, long delivered, long expected, double perSecond, double cpuMicros, double p50Millis,
    double p99Millis) {
  /** Reads a line {@code PHASE}; empty for any other. */
  static Optional<PhaseResult> parse(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 5 || !fields[0].equals("PHASE")) {
      return Optional.empty();
    }
    var values = new HashMap<String, Double>();
    for (int i = 4; i < fields.length; i++) {
      String[] pair = fields[i].split("=", 2);
      if (pair.length == 2) {
        values.put(pair[0], Double.parseDouble(pair[1]));
      }
    }
    return Optional.of(new PhaseResult(withoutDuration(fields[3]), (long) value(values, "deliv"),
        (long) value(values, "exp"), value(values, "msg_s"), value(values, "cpu_us"), value(values, "p50"),
        value(values, "p99")));
  }

  /** The phase without its duration, so that those of the same kind and amount are one. */
  static String withoutDuration(String phase) {
    return phase.substring(0, Math.max(0, phase.lastIndexOf(':')));
  }

  long lost() {
    return expected - delivered;
  }

  private static double value(Map<String, Double> values, String name) {
    return values.getOrDefault(name, Double.NaN);
  }
}
