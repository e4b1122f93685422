package dev.porchlight.api;

import dev.porchlight.domain.Area;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a body says of a camera: of a new one all of it, of another what is to change. */
final class CameraForm {
  private static final Set<String> OF_A_CHANGE = Set.of("name", "source", "fps", "sensitivity", "areas", "enabled",
      "offline_after", "place", "scene", "normal");
  private static final Set<String> OF_A_NEW_ONE = Set.of("camera_id", "name", "source", "fps", "sensitivity", "areas",
      "enabled", "offline_after", "place", "scene", "normal");
  private static final int LONGEST_NAME = 100;
  private static final double LEAST_SILENCE_SECONDS = 0.1;
  private static final double MOST_SILENCE_SECONDS = Duration.ofDays(30).toSeconds();

  private final BodyFields fields;
  private final Given<String> name;
  private final Given<CameraSource> source;
  private final Given<Double> fps;
  private final Given<Double> sensitivity;
  private final Given<List<Area>> areas;
  private final Given<Boolean> enabled;
  private final Given<Duration> offlineAfter;
  private final SceneFields scene;

  private CameraForm(BodyFields fields, @Nullable CameraSource before) {
    this.fields = fields;
    this.name = name(fields);
    this.source = source(fields, before);
    this.fps = fields.numberAbove("fps", 0, CameraSettings.MOST_FPS);
    this.sensitivity = fields.number("sensitivity", 0, 1);
    this.areas = AreaFields.read(fields, "areas");
    this.enabled = fields.flag("enabled");
    Given<Double> silence = fields.number("offline_after", LEAST_SILENCE_SECONDS, MOST_SILENCE_SECONDS);
    this.offlineAfter = new Given<>(silence.isGiven(),
        silence.value() == null ? null : Duration.ofMillis(Math.round(silence.value() * 1_000)));
    this.scene = SceneFields.read(fields);
  }

  /**
   * Reads what a known camera is to become.
   *
   * @param before the camera's source: where it comes back masked, as it was shown, it stays
   * @throws dev.porchlight.http.ProblemException of status 422 with every mistake
   */
  static CameraForm change(ObjectNode body, @Nullable CameraSource before) {
    var form = new CameraForm(new BodyFields(body, OF_A_CHANGE), before);
    form.fields.check();
    return form;
  }

  /**
   * Reads a new camera, which has an id or a name.
   *
   * @throws dev.porchlight.http.ProblemException of status 422 with every mistake
   */
  static NewCamera created(ObjectNode body) {
    var fields = new BodyFields(body, OF_A_NEW_ONE);
    Given<String> id = fields.text("camera_id");
    if (id.value() != null && !CameraId.isValid(id.value())) {
      fields.mistake("camera_id", "must be 1 to 64 of A-Z a-z 0-9 _ -");
    }
    var form = new CameraForm(fields, null);
    if (id.value() == null && form.name.value() == null && !fields.isWrong("camera_id") && !fields.isWrong("name")) {
      fields.mistake("name", "must be given, or else camera_id");
    }
    fields.check();
    String shown = form.name.value() == null ? String.valueOf(id.value()) : form.name.value();
    return new NewCamera(id.value(), shown, form.merged(CameraSettings.STANDARD));
  }

  /** The camera as it is to be. */
  Camera applied(Camera before) {
    return before.with(name.or(before.name(), before.id()), merged(before.settings()));
  }

  private CameraSettings merged(CameraSettings before) {
    return new CameraSettings(source.or(before.source()), fps.or(before.fps()),
        sensitivity.or(before.sensitivity()), areas.or(before.areas(), List.of()), enabled.or(before.enabled(), true),
        offlineAfter.or(before.offlineAfter()), scene.merged(before.scene()));
  }

  private static Given<String> name(BodyFields fields) {
    Given<String> given = fields.text("name");
    String text = given.value();
    if (text != null
        && (text.isBlank() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl))) {
      return fields.wrong("name", "must have 1 to " + LONGEST_NAME + " characters and stand on one line");
    }
    return text == null ? given : Given.as(text.strip());
  }

  /** The source; not given when it comes back masked, as it was shown. */
  static Given<CameraSource> source(BodyFields fields, @Nullable CameraSource before) {
    Given<String> given = fields.text("source");
    String text = given.value();
    if (text == null) {
      return new Given<>(given.isGiven(), null);
    }
    if (before != null && text.equals(before.display())) {
      return Given.no();
    }
    try {
      return Given.as(CameraSource.parse(text));
    } catch (IllegalArgumentException e) {
      return fields.wrong("source", String.valueOf(e.getMessage()));
    }
  }

  /**
   * A camera that is to be made.
   *
   * @param id null when it is to be made of the name
   */
  record NewCamera(@Nullable String id, String name, CameraSettings settings) {}
}
