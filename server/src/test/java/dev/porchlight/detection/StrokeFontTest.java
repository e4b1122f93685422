package dev.porchlight.detection;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StrokeFontTest {
  private static final int WHITE = 0xFFFFFF;

  @Test
  void drawsEachPointOfALetterWhereItStands() {
    var canvas = new Canvas(40, 40);
    StrokeFont.draw(canvas, "g", 4, 0, 4, WHITE);

    var rows = new ArrayList<String>();
    for (int y = 0; y < Glyphs.ROWS; y++) {
      var row = new StringBuilder();
      for (int x = 0; x < 5; x++) {
        row.append(canvas.colour(4 + 4 * x + 2, 4 * y + 2) == WHITE ? '#' : '.');
      }
      rows.add(row.toString());
    }
    assertThat(rows).containsExactly(".....", ".....", ".####", "#...#", "#...#", "#...#", ".####", "....#", ".###.");
  }

  @Test
  void hasALetterForEverythingThatLabelsAreMadeOf() {
    var texts = new ArrayList<String>();
    for (int number = 0; number < CocoLabels.COUNT; number++) {
      texts.add(CocoLabels.name(number));
    }
    texts.addAll(
        List.of("0123456789%", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "-_.,:/()+!?'\"#&=*"));

    for (char letter : String.join("", texts).toCharArray()) {
      assertThat(Glyphs.of(letter)).as("%s", letter).isNotSameAs(Glyphs.of('\u4eba'));
    }
  }

  @Test
  void allLettersDiffer() {
    var seen = new ArrayList<String>();
    for (char letter = '!'; letter <= '~'; letter++) {
      if (Glyphs.of(letter) != Glyphs.of('\u4eba')) {
        seen.add(ink(String.valueOf(letter), 2));
      }
    }
    assertThat(seen).hasSizeGreaterThan(75).doesNotHaveDuplicates();
  }

  @Test
  void leavesAccentsAway() {
    assertThat(ink("Tür", 2)).isEqualTo(ink("Tur", 2));
    assertThat(StrokeFont.cells("Tür")).isEqualTo(StrokeFont.cells("Tur"));
  }

  /** Each size has its own blur, but a letter never grows out of its place: that is where the ground of a label ends. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.3, 1.9, 2.6, 5.5, 9})
  void staysWithinTheWidthThatItTells(double cell) {
    var canvas = new Canvas((int) Math.ceil(70 * cell), (int) Math.ceil(13 * cell));
    StrokeFont.draw(canvas, "person 93%", 2 * cell, 2 * cell, cell, WHITE);

    int right = 0;
    for (int x = 0; x < canvas.width(); x++) {
      for (int y = 0; y < canvas.height(); y++) {
        right = (canvas.colour(x, y) & 0xFF) > 64 ? x : right;
      }
    }
    assertThat(right + 1.0).isBetween((2 + StrokeFont.cells("person 93%") - 1) * cell,
        (2 + StrokeFont.cells("person 93%") + 1) * cell);
  }

  @Test
  void drawsOverTheEdgeWithoutFalling() {
    var canvas = new Canvas(10, 5);
    StrokeFont.draw(canvas, "person", -20, -3, 4, WHITE);

    assertThat(canvas.width()).isEqualTo(10);
  }

  private static String ink(String text, int cell) {
    var canvas = new Canvas(20 * cell, 12 * cell);
    StrokeFont.draw(canvas, text, cell, cell, cell, WHITE);
    var ink = new StringBuilder();
    for (int y = 0; y < canvas.height(); y++) {
      for (int x = 0; x < canvas.width(); x++) {
        ink.append(canvas.colour(x, y)).append(' ');
      }
    }
    return ink.toString();
  }
}
