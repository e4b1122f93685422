package dev.porchlight;

import dev.porchlight.engine.CloseReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of close codes, for people who run a server and for those who write a client, agree with the code. */
class CloseCodesTest {
  private static final Path DOCS = Path.of(System.getProperty("porchlight.root"), "docs");
  private static final Pattern ROW = Pattern.compile(" *\\| ((?:[14]\\d{3})(?:, [14]\\d{3})*) \\| (.+) \\| (.+) \\|");

  @Test
  void bothDocumentsHaveTheSameRows() throws IOException {
    assertThat(rows("asyncapi.yaml")).isNotEmpty().isEqualTo(rows("operations.md"));
  }

  @Test
  void eachCodeThatIsSentIsDocumentedAndNoOther() throws IOException {
    assertThat(advice().keySet())
        .containsExactlyElementsOf(Arrays.stream(CloseReason.values()).map(CloseReason::code).sorted().toList());
  }

  @Test
  void theAdviceToReconnectIsThatOfTheCode() throws IOException {
    Map<Integer, String> advice = advice();

    assertThat(CloseReason.values()).allSatisfy(reason -> assertThat(advice.get(reason.code()).startsWith("no"))
        .as("%s: %s", reason, advice.get(reason.code()))
        .isEqualTo(!reason.shouldReconnect()));
  }

  private static Map<Integer, String> advice() throws IOException {
    var advice = new TreeMap<Integer, String>();
    for (String row : rows("operations.md")) {
      Matcher cells = ROW.matcher(row);
      assertThat(cells.matches()).isTrue();
      for (String code : cells.group(1).split(", ", -1)) {
        advice.put(Integer.valueOf(code), cells.group(3));
      }
    }
    return advice;
  }

  private static List<String> rows(String document) throws IOException {
    return Files.readAllLines(DOCS.resolve(document))
        .stream()
        .filter(line -> ROW.matcher(line).matches())
        .map(String::strip)
        .toList();
  }
}
