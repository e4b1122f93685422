package dev.porchlight.detection;

import dev.porchlight.domain.ObjectGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a model's class numbers mean, and which of them matter for security. Immutable. */
final class Labels {
  private final @Nullable Type[] types;
  private final int[] watched;

  private Labels(@Nullable Type[] types) {
    this.types = types;
    this.watched = IntStream.range(0, types.length).filter(number -> types[number] != null).toArray();
  }

  /**
   * The classes by number, as a model spells them.
   *
   * @throws ModelException when none of them matters for security
   */
  static Labels of(List<String> names) {
    var labels = new Labels(names.stream().map(Labels::type).toArray(Type[]::new));
    if (labels.watched.length == 0) {
      String some = String.join(", ", names.stream().filter(name -> !name.isBlank()).limit(5).toList());
      throw new ModelException("none of its " + names.size() + " classes (" + some
          + (names.size() > 5 ? ", …" : "") + ") is a person, a vehicle or an animal that matters for security");
    }
    return labels;
  }

  /** What an object of this class is called, by COCO's names; null when it does not matter for security. */
  static @Nullable Type type(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    String usual = switch (plain) {
      case "people", "human", "pedestrian" -> "person";
      case "motorbike" -> "motorcycle";
      case "bike", "cycle" -> "bicycle";
      case "automobile" -> "car";
      case "lorry" -> "truck";
      default -> plain;
    };
    return ObjectGroup.of(usual).map(group -> new Type(usual, group)).orElse(null);
  }

  /** How many classes there are. */
  int count() {
    return types.length;
  }

  /** The numbers of the classes that matter. */
  int[] watched() {
    return Arrays.copyOf(watched, watched.length);
  }

  /** The class of a number that is one of {@link #watched()}. */
  Type watched(int number) {
    return Objects.requireNonNull(types[number], "a class that does not matter");
  }

  /** The class of a number; null when it does not matter, or there is no such number. */
  @Nullable
  Type type(int number) {
    return number >= 0 && number < types.length ? types[number] : null;
  }

  /**
   * A class that matters.
   *
   * @param name as COCO spells it
   */
  record Type(String name, ObjectGroup group) {}
}
