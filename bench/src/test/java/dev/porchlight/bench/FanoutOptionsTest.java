package dev.porchlight.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FanoutOptionsTest {
  @Test
  void measuresAThousandClientsInFiveRoundsUnlessToldOtherwise() {
    FanoutOptions options = FanoutOptions.parse(List.of());

    assertThat(options.clients()).isEqualTo(1_000);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.idle()).isEqualTo(4_000);
    assertThat(options.slow()).isZero();
    assertThat(options.peers()).isNull();
    assertThat(options.phases()).contains("sat:1:0.8", "burst:10:0.7");
  }

  @Test
  void takesEveryOption() {
    FanoutOptions options = FanoutOptions.parse(List.of("--clients=50", "--rounds", "2", "--peers", "floor,node",
        "--phases", "sat:1:1, burst:5:1", "--idle", "0", "--slow", "7", "--deflate", "--out", "raw.tsv", "--server",
        "other=./serve --on PORT --as a=b"));

    assertThat(options).isEqualTo(new FanoutOptions(50, 2, List.of("floor", "node"),
        List.of(new Peer("other", List.of("sh", "-c", "./serve --on PORT --as a=b"))),
        List.of("sat:1:1", "burst:5:1"), 0, 7, true, Path.of("raw.tsv")));
    assertThat(options.servers().getFirst().commandFor(81)).containsExactly("sh", "-c", "./serve --on 81 --as a=b");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "--clients 0|--clients must be a number from 1 to 100000, not 0",
    "--rounds many|--rounds must be a number from 0 to 1000, not many",
    "--clients|--clients needs a value",
    "--peers floor,apache|there is no peer apache; there are floor, uring, floor-co, node, fastapi",
    "--server other=./serve|--server must be LABEL=COMMAND with PORT where the port goes, not other=./serve",
    "--deflate=yes|unknown argument --deflate=yes",
    "fast|unknown argument fast"})
  void refusesWhatItCannotUnderstand(String arguments, String why, @TempDir Path root) {
    var errors = new ByteArrayOutputStream();

    int exitCode = FanoutBenchmark.execute(Arrays.asList(arguments.split(" ")), root, System.out,
        new PrintStream(errors, true, StandardCharsets.UTF_8));

    assertThat(exitCode).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8).lines()).singleElement()
        .asString()
        .startsWith("porchlight: " + why);
  }
}
