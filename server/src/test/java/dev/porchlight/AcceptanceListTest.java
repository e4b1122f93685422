package dev.porchlight;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every row of docs/acceptance.md names a test that runs: its class by the group, its method by the name. */
class AcceptanceListTest {
  private static final Pattern ROW = Pattern
      .compile("\\| (\\w+) \\| `(\\w+)` \\| `(dev\\.porchlight\\.(?:\\w+\\.)+\\w+)#(\\w+)` \\|");
  private static final Pattern UNDERSCORE = Pattern.compile("_(\\w)");

  /** A row of the table. */
  private record Row(String group, String name, String type, String method) {
    static Row of(String line) {
      var matcher = ROW.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      return new Row(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    void check() throws ReflectiveOperationException {
      Class<?> declared = Class.forName(type);
      Method test = declared.getDeclaredMethod(method);
      assertThat(declared.getSimpleName()).as("class of %s", this).isEqualTo(group);
      assertThat(method).as("method of %s", this)
          .isEqualTo(UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT)));
      assertThat(test.isAnnotationPresent(Test.class)).as("@Test of %s", this).isTrue();
      assertThat(Modifier.isPrivate(test.getModifiers()) || Modifier.isStatic(test.getModifiers()))
          .as("JUnit passes over %s", this)
          .isFalse();
      assertThat(Modifier.isAbstract(declared.getModifiers())).as("JUnit passes over the class of %s", this).isFalse();
      assertThat(test.isAnnotationPresent(Disabled.class) || declared.isAnnotationPresent(Disabled.class))
          .as("%s is disabled", this)
          .isFalse();
    }
  }

  @Test
  void allFortyNineTestsAreThereByTheirClassesAndNames() throws IOException, ReflectiveOperationException {
    Path page = Path.of(System.getProperty("porchlight.root"), "docs", "acceptance.md");
    List<Row> rows = Files.readAllLines(page)
        .stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| group "))
        .map(Row::of)
        .toList();

    assertThat(rows).filteredOn(row -> row.group().endsWith("Test")).hasSize(25);
    assertThat(rows).filteredOn(row -> row.group().endsWith("IT")).hasSize(24);
    assertThat(rows).hasSize(49).extracting(row -> row.type() + row.method()).doesNotHaveDuplicates();
    for (Row row : rows) {
      row.check();
    }
  }
}
