package dev.porchlight.api;

import dev.porchlight.http.Problem;
import dev.porchlight.http.Problem.Mistake;
import dev.porchlight.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a body and notes each mistake, so that all are told at once. Confined to one request. */
final class BodyFields {
  private final ObjectNode body;
  private final List<Mistake> mistakes = new ArrayList<>();

  /** Notes every field of {@code body} that is not among {@code known}. */
  BodyFields(ObjectNode body, Set<String> known) {
    this.body = body;
    for (String name : body.propertyNames()) {
      if (!known.contains(name)) {
        mistake(name.length() > 64 ? name.substring(0, 64) + "…" : name,
            "is no field that can be set; those are " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** True when a mistake in this field has been noted. */
  boolean isWrong(String field) {
    return mistakes.stream().anyMatch(mistake -> mistake.field().equals(field));
  }

  /** A text. */
  Given<String> text(String name) {
    return read(name, node -> node.isString() ? Given.as(node.stringValue()) : wrong(name, "must be a text"));
  }

  /** A number above {@code above} and at most {@code most}. */
  Given<Double> numberAbove(String name, double above, double most) {
    return read(name, node -> {
      double value = node.isNumber() ? node.doubleValue() : Double.NaN;
      return value > above && value <= most
          ? Given.as(value)
          : wrong(name, "must be a number above " + plain(above) + " and at most " + plain(most));
    });
  }

  /** A number from {@code least} to {@code most}. */
  Given<Double> number(String name, double least, double most) {
    return read(name, node -> {
      double value = node.isNumber() ? node.doubleValue() : Double.NaN;
      return value >= least && value <= most
          ? Given.as(value)
          : wrong(name, "must be a number from " + plain(least) + " to " + plain(most));
    });
  }

  /** {@code true} or {@code false}. */
  Given<Boolean> flag(String name) {
    return read(name, node -> node.isBoolean() ? Given.as(node.booleanValue()) : wrong(name, "must be true or false"));
  }

  /** Anything else; {@code reading} notes what is wrong by {@link #wrong}. */
  <T> Given<T> read(String name, Function<JsonNode, Given<T>> reading) {
    JsonNode node = body.get(name);
    if (node == null) {
      return Given.no();
    }
    return node.isNull() ? Given.as(null) : reading.apply(node);
  }

  /** Notes a mistake, in place of the value. */
  <T> Given<T> wrong(String field, String detail) {
    mistake(field, detail);
    return Given.no();
  }

  void mistake(String field, String detail) {
    mistakes.add(new Mistake(field, detail));
  }

  /** Ends the request with all mistakes, if there are any. */
  void check() {
    if (!mistakes.isEmpty()) {
      throw new ProblemException(Problem.of(mistakes));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
