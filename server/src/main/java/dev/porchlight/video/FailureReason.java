package dev.porchlight.video;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds, in what ffmpeg said, the line that tells people why it gave up. It says so several times: first whoever found it
 * ({@code [rtsp @ 0x…] method DESCRIBE failed: 401 Unauthorized}), then each who passes it on, down to
 * {@code pipe:0: Server returned 401 Unauthorized}.
 */
final class FailureReason {
  private static final Pattern SPEAKER = Pattern.compile("^(\\[[^]]* @ 0x[0-9a-f]+] )+");
  private static final Pattern PASSED_ON = Pattern
      .compile("^(pipe:0|file:.*|Error opening input|Error opening input files?): (?<why>.+)$");
  private static final Pattern EMPTY_WORDS = Pattern.compile("Impossible to open .*|Conversion failed!|"
      + "Error opening input file .*|.*Invalid argument|To ignore this, .*|Press \\[q] .*|Exiting normally.*|"
      + ".*misdetection possible!|deprecated pixel format used.*");

  private FailureReason() {}

  /**
   * The reason, in one line.
   *
   * @param lines    what ffmpeg said
   * @param standard when it said nothing
   */
  static String of(List<String> lines, String standard) {
    List<String> said = lines.stream().map(line -> SPEAKER.matcher(line).replaceFirst("")).toList();
    for (int i = said.size() - 1; i >= 0; i--) {
      String line = said.get(i);
      if (line.startsWith("Impossible to open ") && i > 0 && isFrom(lines.get(i - 1))) {
        return said.get(i - 1);
      }
    }
    for (String line : said.reversed()) {
      var passedOn = PASSED_ON.matcher(line);
      String why = passedOn.matches() ? passedOn.group("why") : line;
      if (!EMPTY_WORDS.matcher(why).matches()) {
        return why;
      }
    }
    return standard;
  }

  /** True when somebody below said it, who knows more than those above. */
  private static boolean isFrom(String line) {
    return line.startsWith("[tcp") || line.startsWith("[rtsp") || line.startsWith("[http") || line.startsWith("[rtmp")
        || line.startsWith("[tls");
  }
}
