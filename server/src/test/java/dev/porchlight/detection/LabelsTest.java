package dev.porchlight.detection;

import dev.porchlight.domain.ObjectGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LabelsTest {
  @Test
  void takesOnlyWhatMattersByCocosNames() {
    Labels labels = Labels.of(List.of("toaster", " PERSON ", "MotorBike", "", "Pedestrian"));

    assertThat(labels.watched()).containsExactly(1, 2, 4);
    assertThat(labels.type(2)).isEqualTo(new Labels.Type("motorcycle", ObjectGroup.VEHICLE));
    assertThat(labels.type(4)).isEqualTo(new Labels.Type("person", ObjectGroup.PERSON));
    assertThat(labels.type(0)).isNull();
    assertThat(labels.type(-1)).isNull();
    assertThat(labels.type(5)).isNull();
  }

  @Test
  void knowsHowCocoIsCounted() {
    var coco = LabelSource.of(null, Map.of());

    assertThat(coco.of(80).type(16)).isEqualTo(new Labels.Type("dog", ObjectGroup.ANIMAL));
    assertThat(coco.of(90).type(17)).isEqualTo(new Labels.Type("dog", ObjectGroup.ANIMAL));
    assertThat(coco.of(91).type(18)).isEqualTo(new Labels.Type("dog", ObjectGroup.ANIMAL));
    assertThatExceptionOfType(ModelException.class).isThrownBy(() -> coco.of(20)).withMessageContaining("20 classes");
  }

  @Test
  void holdsAModelToItsOwnMetadata() {
    var own = LabelSource.of(null, Map.of("names", "{0: 'cat', 1: 'dog'}"));

    assertThat(own.fits(2)).isTrue();
    assertThatExceptionOfType(ModelException.class).isThrownBy(() -> own.of(3))
        .withMessage("it has 3 classes, and its metadata has 2 names");
  }
}
