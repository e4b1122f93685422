package dev.porchlight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcceptanceListTest {
  private static final Pattern METHOD = Pattern.compile("`(dev\\.porchlight\\.[\\w.]+)#(\\w+)`");

  @Test
  void allFortyNineTestsExist() throws IOException, ReflectiveOperationException {
    String page = Files.readString(Path.of(System.getProperty("porchlight.root"), "docs", "acceptance.md"));
    List<MatchResult> rows = METHOD.matcher(page).results().toList();

    assertThat(rows).hasSize(49).extracting(MatchResult::group).doesNotHaveDuplicates();
    for (MatchResult row : rows) {
      var method = Class.forName(row.group(1)).getDeclaredMethod(row.group(2));
      assertThat(method.isAnnotationPresent(Test.class)).as(row.group()).isTrue();
    }
  }
}
