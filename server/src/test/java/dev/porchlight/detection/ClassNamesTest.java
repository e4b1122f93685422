package dev.porchlight.detection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClassNamesTest {
  @Test
  void readsDictionariesAndListsOfPythonAndJson() {
    assertThat(ClassNames.parse("{0: 'person', 1: \"driver's seat\", 3: 'it\\'s'}"))
        .containsExactly("person", "driver's seat", "", "it's");
    assertThat(ClassNames.parse("{\"0\": \"person\", \"1\":\"a, b\"}")).containsExactly("person", "a, b");
    assertThat(ClassNames.parse(" ['person', 'car',] ")).containsExactly("person", "car");
    assertThat(ClassNames.parse("{0:'chat noir'}")).containsExactly("chat noir");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "person", "{0: person}", "{0: 'person'", "{0: 'person' 1: 'car'}",
    "{0: 'a', 0: 'b'}", "{999999: 'a'}", "{0: 'a', import os}", "[1, 2]"})
  void saysThatAnythingElseIsNoListOfNames(String text) {
    assertThat(ClassNames.parse(text)).isNull();
  }
}
