package dev.porchlight.api;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraScene;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.http.Problem.Mistake;
import dev.porchlight.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class CameraFormTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final CameraSource SOURCE = CameraSource.parse("rtsp://admin:s3cret@192.0.2.7/main");
  private static final Camera FRONT = Camera.made("front", "Front door",
      new CameraSettings(SOURCE, 5.0, 0.5, List.of(), false, Duration.ofSeconds(9), CameraScene.UNKNOWN),
      Instant.EPOCH);

  @Test
  void whatIsLeftOutStaysAndNullGoesBackToTheStandard() {
    assertThat(changed("{}")).isEqualTo(FRONT);
    assertThat(changed("{\"fps\":2.5}").settings())
        .isEqualTo(new CameraSettings(SOURCE, 2.5, 0.5, List.of(), false, Duration.ofSeconds(9), CameraScene.UNKNOWN));
    assertThat(changed(
        """
        {"name":null,"source":null,"fps":null,"sensitivity":null,"areas":null,"enabled":null,"offline_after":null}"""))
        .isEqualTo(FRONT.with("front", CameraSettings.STANDARD));
    assertThat(changed("{\"offline_after\":1.5}").settings().offlineAfter()).isEqualTo(Duration.ofMillis(1_500));
  }

  @Test
  void aSourceThatComesBackAsItWasShownKeepsItsPassword() {
    assertThat(changed("{\"source\":\"rtsp://***@192.0.2.7/main\"}").settings().source()).isEqualTo(SOURCE);
    assertThat(mistakes("{\"source\":\"rtsp://***@192.0.2.8/main\"}")).extracting(Mistake::field)
        .containsExactly("source");
  }

  @Test
  void everyMistakeIsToldByItsField() {
    var mistakes = mistakes(
        """
        {"name":" ","source":"file:///etc/passwd","fps":"2","sensitivity":2,"areas":[[[0,0],[1,2],[0,"x"]],7],
         "enabled":1,"offline_after":-1,"colour":"red","camera_id":"x"}""");

    assertThat(mistakes).extracting(Mistake::field)
        .containsExactlyInAnyOrder("colour", "camera_id", "name", "source", "fps", "sensitivity", "areas[0][1]",
            "areas[0][2]", "areas[1]", "enabled", "offline_after");
    assertThat(mistakes).allSatisfy(mistake -> assertThat(mistake.detail()).isNotBlank());
  }

  @Test
  void noMistakeShowsAPassword() {
    assertThat(mistakes("{\"source\":\"rtsp://admin:s3cret/@host\"}")).singleElement()
        .asString()
        .doesNotContain("s3cret");
  }

  @Test
  void aNewCameraHasAnIdOrAName() {
    assertThat(CameraForm.created(json("{\"name\":\" Front door \"}")))
        .isEqualTo(new CameraForm.NewCamera(null, "Front door", CameraSettings.STANDARD));
    assertThat(CameraForm.created(json("{\"camera_id\":\"front\"}")))
        .isEqualTo(new CameraForm.NewCamera("front", "front", CameraSettings.STANDARD));
    assertThat(mistakesOfNew("{}")).extracting(Mistake::field).containsExactly("name");
    assertThat(mistakesOfNew("{\"name\":null,\"camera_id\":null}")).extracting(Mistake::field).containsExactly("name");
    assertThat(mistakesOfNew("{\"name\":7}")).extracting(Mistake::field).containsExactly("name");
    assertThat(mistakesOfNew("{\"camera_id\":\"../up\"}")).extracting(Mistake::field).containsExactly("camera_id");
  }

  @Test
  void anIdIsMadeOfAName() {
    assertThat(CameraNames.idOf("Front door")).isEqualTo("front-door");
    assertThat(CameraNames.idOf("  Straße & Höfe #2! ")).isEqualTo("strasse-hofe-2");
    assertThat(CameraNames.idOf("門")).isEqualTo("camera");
    assertThat(CameraNames.idOf("x".repeat(100))).hasSize(58);
  }

  private static Camera changed(String body) {
    return CameraForm.change(json(body), SOURCE).applied(FRONT);
  }

  private static List<Mistake> mistakes(String body) {
    return catchThrowableOfType(ProblemException.class, () -> CameraForm.change(json(body), SOURCE)).problem()
        .mistakes();
  }

  private static List<Mistake> mistakesOfNew(String body) {
    return catchThrowableOfType(ProblemException.class, () -> CameraForm.created(json(body))).problem().mistakes();
  }

  private static ObjectNode json(String body) {
    return (ObjectNode) JSON.readTree(body);
  }
}
