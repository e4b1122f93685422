package dev.porchlight.api;

import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.SceneKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a body says of a camera's scene. */
record SceneFields(Given<String> place, Given<SceneKind> kind, Given<String> normal) {
  private static final String KINDS = Arrays.stream(SceneKind.values())
      .map(SceneKind::wireName)
      .collect(Collectors.joining(", "));

  static SceneFields read(BodyFields fields) {
    return new SceneFields(words(fields, "place", CameraScene.LONGEST_PLACE), kind(fields),
        words(fields, "normal", CameraScene.LONGEST_NORMAL));
  }

  CameraScene merged(CameraScene before) {
    return new CameraScene(place.or(before.place()), kind.or(before.kind()), normal.or(before.normal()));
  }

  private static Given<SceneKind> kind(BodyFields fields) {
    Given<String> given = fields.text("scene");
    if (given.value() == null) {
      return new Given<>(given.isGiven(), null);
    }
    Optional<SceneKind> kind = SceneKind.ofWireName(given.value());
    return kind.isPresent() ? Given.as(kind.get()) : fields.wrong("scene", "must be one of " + KINDS);
  }

  /** Nothing but blanks is nothing. */
  private static Given<String> words(BodyFields fields, String name, int most) {
    Given<String> given = fields.text(name);
    String text = given.value();
    if (text == null) {
      return given;
    }
    if (text.strip().length() > most) {
      return fields.wrong(name, "must have at most " + most + " characters");
    }
    return text.isBlank() ? new Given<>(true, null) : Given.as(text.strip());
  }
}
