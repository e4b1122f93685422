package dev.porchlight.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.porchlight.config.Sources.mistakesOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

class YamlFileTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"batch:\n  idle: 45s\n", "batch.idle: 45s\n", "batch: {idle: 45s}\n",
    "{\"batch.idle\": \"45s\"}",
    "---\nbatch.idle: 45s\n...\n", "\uFEFFbatch.idle: 45s", "batch.idle: '45s'\r\n", "batch.idle: >\n  45s\n",
    "# a comment\nbatch: # another\n\n  idle:     45s # and one more\n", "batch.idle: &a 45s\n",
    "batch.idle: !!str 45s"})
  void readsAKeyInEachWayItMayBeWritten(String yaml) {
    var settings = new Sources(folder).file(yaml).load();

    assertThat(idle(settings)).isEqualTo(Duration.ofSeconds(45));
    settings.check();
  }

  @Test
  void takesNumbersAndFlagsAsTheyStandInTheFile() {
    var settings = new Sources(folder).file("a: {n: 8080, x: 0.50, yes: True, t: 007, z: 1.10, q: '12'}\n").load();

    assertThat(settings.integer("a.n", 1, 0, 65_535)).isEqualTo(8080);
    assertThat(settings.number("a.x", 1, 0, 1)).isEqualTo(0.5);
    assertThat(settings.flag("a.yes", false)).isTrue();
    assertThat(settings.text("a.t", null)).isEqualTo("007");
    assertThat(settings.text("a.z", null)).isEqualTo("1.10");
    assertThat(settings.integer("a.q", 1, 0, 20)).isEqualTo(12);
    settings.check();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing yet\n", "---\n", "{}", "null", "batch:\n  # idle: 30s\n",
    "batch.idle:\n",
    "batch: {}",
    "batch:\n  idle: null\n"})
  void findsNothingInAFileThatSaysNothing(String yaml) {
    var settings = new Sources(folder).file(yaml).load();

    assertThat(idle(settings)).isEqualTo(Duration.ofSeconds(30));
    settings.check();
  }

  @Test
  void tellsWhereAFileStopsBeingYaml() {
    assertThat(mistakes("batch:\n  idle: 30s\n window: 90s\n"))
        .containsExactly("porchlight.yaml:3:2: is not YAML: expected <block end>, but found '<block mapping start>'");
    assertThat(mistakes("batch.idle: 30s\nbatch:\n\twindow: 5s\n")).singleElement()
        .asString()
        .startsWith("porchlight.yaml:3:1: is not YAML: found character '\\t(TAB)' that cannot start any token");
    assertThat(mistakes("batch: [1, 2\n"))
        .containsExactly("porchlight.yaml:2:1: is not YAML: expected ',' or ']', but got <stream end>");
    assertThat(mistakes("batch.idle: \"30s\n"))
        .containsExactly("porchlight.yaml:2:1: is not YAML: found unexpected end of stream");
    assertThat(mistakes("batch.idle: a: b\n"))
        .containsExactly("porchlight.yaml:1:14: is not YAML: mapping values are not allowed here");
    assertThat(mistakes("? [a]\n: b\n")).singleElement().asString().startsWith("porchlight.yaml:1:4: is not YAML: ");
    assertThat(mistakes("batch.idle: \u0001\n")).singleElement().asString().contains(": is not YAML: ");
  }

  @Test
  void refusesAKeyThatIsSetTwice() {
    assertThat(mistakes("batch.idle: 30s\nbatch.idle: 40s\n"))
        .containsExactly("porchlight.yaml:2: batch.idle is set twice, first at porchlight.yaml:1");
    assertThat(mistakes("batch:\n  idle: 30s\nbatch.idle: 30s\n"))
        .containsExactly("porchlight.yaml:3: batch.idle is set twice, first at porchlight.yaml:2");
    assertThat(mistakes("batch:\n  idle: 30s\nbatch:\n  idle: 40s\n"))
        .containsExactly("porchlight.yaml:4: batch.idle is set twice, first at porchlight.yaml:2");
  }

  @Test
  void letsAGroupBeWrittenInTwoParts() {
    assertThat(mistakes("batch.idle: 30s\nbatch:\n  # to come\nbatch.window: 60s\n")).isEmpty();
  }

  @Test
  void refusesListsAliasesAndFurtherDocuments() {
    assertThat(mistakes("batch.idle: [30s, {a: b}]\n"))
        .containsExactly("porchlight.yaml:1: batch.idle must be one value, not a list");
    assertThat(mistakes("batch.window: &a 30s\nbatch.idle: *a\n"))
        .containsExactly("porchlight.yaml:2: batch.idle must be written out: aliases are not followed");
    assertThat(mistakes("batch.idle: 30s\n---\nbatch.idle: 40s\n")).singleElement()
        .asString()
        .contains("only one document may be in the file");
    assertThat(mistakes("- batch.idle\n")).containsExactly("porchlight.yaml:1: must hold lines of the form key: value");
    assertThat(mistakes("batch.idle\n")).containsExactly("porchlight.yaml:1: must hold lines of the form key: value");
  }

  @Test
  void namesAListUnderAnUnknownKeyToo() {
    assertThat(mistakes("batch.idel: [30s]\n")).containsExactly(
        "porchlight.yaml:1: batch.idel must be one value, not a list",
        "porchlight.yaml:1: unknown key batch.idel (did you mean batch.idle?)");
  }

  @Test
  void refusesAFileThatIsNotUtf8() {
    var settings = new Sources(folder).file("# Haustür\nbatch.idle: 40s\n".getBytes(ISO_8859_1)).load();

    assertThat(mistakesOf(settings, folder)).containsExactly("porchlight.yaml: is not text in UTF-8");
  }

  @Test
  void survivesNestingWithoutEnd() {
    assertThat(mistakes("{a: ".repeat(20_000))).isNotEmpty().allMatch(line -> line.lines().count() == 1);
    assertThat(mistakes("[".repeat(20_000))).isNotEmpty();
  }

  @Test
  void tellsThatANamedFileIsMissingOrAFolder() throws IOException {
    var nothing = new Sources(folder).loadWith(folder.resolve("no such.yaml"));
    var aFolder = new Sources(folder).loadWith(Files.createDirectory(folder.resolve("conf.d")));

    assertThat(mistakesOf(nothing, folder)).containsExactly("no such.yaml: there is no such file");
    assertThat(mistakesOf(aFolder, folder)).containsExactly("conf.d: cannot be read: it is a folder");
  }

  @Test
  void doesNotMissTheDefaultFile() {
    var settings = new Sources(folder.resolve("not/yet/there")).load();

    assertThat(idle(settings)).isEqualTo(Duration.ofSeconds(30));
    settings.check();
  }

  private List<String> mistakes(String yaml) {
    var settings = new Sources(folder).file(yaml).load();
    idle(settings);
    settings.duration("batch.window", Duration.ofSeconds(90), Duration.ofSeconds(1), Duration.ofHours(1));
    return mistakesOf(settings, folder);
  }

  private static Duration idle(Settings settings) {
    return settings.duration("batch.idle", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10));
  }
}
