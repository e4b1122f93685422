package dev.porchlight.model;

import java.util.List;

/**
 * The part of a graph to convert: all that lies between one fed node and the wanted ones. What comes before and after is left to the
 * consumer.
 *
 * @param input the node that is fed instead of computed
 * @param inputShape its shape
 * @param outputs the nodes whose values come out
 */
record Cut(String input, Shape inputShape, List<String> outputs) {
  Cut {
    outputs = List.copyOf(outputs);
  }
}
