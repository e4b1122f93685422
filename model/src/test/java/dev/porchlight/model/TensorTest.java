package dev.porchlight.model;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TensorTest {
  @Test
  void turnsRowsIntoColumns() {
    Tensor.Floats tensor = Tensor.Floats.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    assertThat(tensor.transpose(1, 0)).isEqualTo(Tensor.Floats.of(Shape.of(3, 2), 1, 4, 2, 5, 3, 6));
  }

  @Test
  void comesBackUnchangedWhenTurnedThereAndBack() {
    Tensor.Floats tensor = Tensor.Floats.of(Shape.of(1, 2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

    Tensor.Floats turned = tensor.transpose(3, 2, 0, 1);

    assertThat(turned.shape()).isEqualTo(Shape.of(2, 3, 1, 2));
    assertThat(turned.transpose(2, 3, 1, 0)).isEqualTo(tensor);
  }

  @Test
  void refusesValuesThatDoNotFillItsShape() {
    assertThatThrownBy(() -> Tensor.Ints.of(Shape.of(2, 2), 1, 2, 3)).isInstanceOf(ConversionException.class)
        .hasMessage("a tensor of shape [2, 2] cannot hold 3 values");
  }
}
