package dev.porchlight.detection;

import dev.porchlight.domain.ObjectGroup;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SsdDecoderTest {
  private static final int WHOLE_PICTURE = SsdAnchors.COUNT - 6;
  private static final int PERSON = 1;
  private static final int DOG = 18;
  private static final int PIZZA = 59;

  private final FloatBuffer offsets = FloatBuffer.allocate(SsdAnchors.COUNT * 4);
  private final FloatBuffer logits = FloatBuffer.allocate(SsdAnchors.COUNT * CocoLabels.COUNT);
  private final SsdDecoder decoder = new SsdDecoder(Labels.of(CocoLabels.ninetyOne()), 0.5);

  @BeforeEach
  void nothingAnywhere() {
    for (int i = 0; i < logits.limit(); i++) {
      logits.put(i, -9);
    }
  }

  @Test
  void takesAnAnchorAsItIsWhenTheOffsetsAreZero() {
    logit(WHOLE_PICTURE, PERSON, (float) Math.log(9));

    assertThat(decoder.decode(offsets, logits)).singleElement().satisfies(candidate -> {
      assertThat(candidate.label()).isEqualTo("person");
      assertThat(candidate.group()).isEqualTo(ObjectGroup.PERSON);
      assertThat(candidate.score()).isCloseTo(0.9f, within(1e-6f));
      assertThat(candidate.left()).isCloseTo(0.025f, within(1e-6f));
      assertThat(candidate.bottom()).isCloseTo(0.975f, within(1e-6f));
    });
  }

  @Test
  void movesAndStretchesAnchorsByTheirOffsets() {
    logit(WHOLE_PICTURE, DOG, 3);
    // Up by a tenth of the anchor, right by two tenths; half as high, a third as wide.
    offsets.put(WHOLE_PICTURE * 4, new float[]{-1, 2, (float) Math.log(0.5) * 5, (float) Math.log(1 / 3.0) * 5});

    Candidate dog = decoder.decode(offsets, logits).getFirst();

    assertThat((dog.top() + dog.bottom()) / 2).isCloseTo(0.5f - 0.095f, within(1e-5f));
    assertThat((dog.left() + dog.right()) / 2).isCloseTo(0.5f + 0.19f, within(1e-5f));
    assertThat(dog.bottom() - dog.top()).isCloseTo(0.475f, within(1e-5f));
    assertThat(dog.right() - dog.left()).isCloseTo(0.95f / 3, within(1e-5f));
  }

  @Test
  void leavesOutWhatIsUnsureOrDoesNotMatter() {
    logit(5, PERSON, -0.01f);
    logit(6, PIZZA, 9);
    logit(7, 0, 9);
    logit(8, PERSON, Float.NaN);
    assertThat(decoder.decode(offsets, logits)).isEmpty();

    logit(5, PERSON, 0);
    assertThat(decoder.decode(offsets, logits)).hasSize(1);
  }

  @Test
  void knowsTheNumbersOfCoco() {
    assertThat(CocoLabels.ninetyOne().get(PERSON)).isEqualTo("person");
    assertThat(CocoLabels.ninetyOne().get(DOG)).isEqualTo("dog");
    assertThat(CocoLabels.ninetyOne().get(PIZZA)).isEqualTo("pizza");
    assertThat(CocoLabels.ninetyOne().get(90)).isEqualTo("toothbrush");
    assertThat(Labels.of(CocoLabels.ninetyOne()).watched()).containsExactly(1, 2, 3, 4, 6, 8, 16, 17, 18, 19, 20, 21,
        23);
  }

  private void logit(int anchor, int label, float value) {
    logits.put(anchor * CocoLabels.COUNT + label, value);
  }
}
