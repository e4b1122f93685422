package dev.porchlight.detection;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The grids of a model without regions of interest: how many pixels each of their cells has across and down. */
record Strides(List<Integer> sides) {
  private static final List<Strides> USUAL = List.of(new Strides(List.of(8, 16, 32)),
      new Strides(List.of(8, 16, 32, 64)));

  Strides {
    sides = List.copyOf(sides);
  }

  /** Those of the usual grids whose cells, for a picture of this size, are {@code 1 / perCell} of {@code boxes}. */
  static Optional<Strides> of(InputSize size, int boxes, int perCell) {
    return USUAL.stream().filter(strides -> (long) perCell * strides.cells(size) == boxes).findFirst();
  }

  private int cells(InputSize size) {
    return sides.stream().mapToInt(side -> size.width() / side * (size.height() / side)).sum();
  }

  /** The numbers of cells that a picture of this size may have, for people. */
  static String describe(InputSize size) {
    return String.join(" or ", Stream.of(USUAL.getFirst(), USUAL.getLast()).map(s -> "" + s.cells(size)).toList());
  }
}
