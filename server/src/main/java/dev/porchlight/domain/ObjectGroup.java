package dev.porchlight.domain;

import java.util.Optional;

/** The groups of object types that matter for security; everything else a detector knows is ignored. */
public enum ObjectGroup {
  PERSON, VEHICLE, ANIMAL;

  /**
   * The group that an object type belongs to; empty when the type does not matter for security.
   *
   * @param objectType as COCO names it
   */
  public static Optional<ObjectGroup> of(String objectType) {
    return switch (objectType) {
      case "person" -> Optional.of(PERSON);
      case "car", "truck", "bus", "motorcycle", "bicycle" -> Optional.of(VEHICLE);
      case "dog", "cat", "bird", "horse", "sheep", "cow", "bear" -> Optional.of(ANIMAL);
      default -> Optional.empty();
    };
  }
}
