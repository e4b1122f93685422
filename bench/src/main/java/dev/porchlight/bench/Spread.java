package dev.porchlight.bench;

import java.util.List;

/** Where the figures of several rounds lie; all are NaN when there is none. */
record Spread(double least, double median, double greatest) {
  static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median = sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }
}
