package dev.porchlight.video;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in what ffmpeg said, the line that tells people why it gave up. It says so several times: first whoever found it
 * ({@code [rtsp @ 0x…] [error] method DESCRIBE failed: 401 Unauthorized}), then each who passes it on, down to
 * {@code [error] pipe:0: Server returned 401 Unauthorized}.
 */
final class FailureReason {
  private static final Pattern LINE = Pattern
      .compile("(?<speaker>\\[[^]]* @ 0x[0-9a-f]+] )*\\[(?<level>[a-z]+)] (?<text>.*)");
  private static final Set<String> GRAVE = Set.of("error", "fatal", "panic");
  private static final Pattern WHO_KNOWS = Pattern.compile("\\[(tcp|tls|rtsp|http|https|rtmp|rtmps) @ .*");
  private static final Pattern PASSED_ON = Pattern
      .compile("(pipe:0|file:.*|Error opening input|Error opening input files?): (?<why>.+)");
  private static final Pattern EMPTY_WORDS = Pattern.compile("Impossible to open .*|Conversion failed!|"
      + "Error opening input file .*|Invalid argument|To ignore this, .*");

  /** Said of everything; whoever found what is wrong has often said more. */
  private static final String VAGUE = "Invalid data found when processing input";

  private FailureReason() {}

  /**
   * The reason, in one line.
   *
   * @param lines    what ffmpeg said, each with its level
   * @param standard when it said nothing of the kind
   */
  static String of(List<String> lines, String standard) {
    List<Complaint> complaints = lines.stream().map(FailureReason::read).filter(Objects::nonNull).toList();
    for (int i = complaints.size() - 1; i > 0; i--) {
      Complaint before = complaints.get(i - 1);
      if (complaints.get(i).text.startsWith("Impossible to open ") && before.isOfWhoKnows) {
        return before.text;
      }
    }
    String vague = standard;
    for (Complaint complaint : complaints.reversed()) {
      Matcher passedOn = PASSED_ON.matcher(complaint.text);
      String why = passedOn.matches() ? passedOn.group("why") : complaint.text;
      if (why.equals(VAGUE)) {
        vague = why;
      } else if (why.endsWith("matches no streams.")) {
        return "there is no video in it";
      } else if (!EMPTY_WORDS.matcher(why).matches()) {
        return why;
      }
    }
    return vague;
  }

  private static @Nullable Complaint read(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.matches() && GRAVE.contains(matcher.group("level"))
        ? new Complaint(matcher.group("text"), WHO_KNOWS.matcher(line).matches())
        : null;
  }

  private record Complaint(String text, boolean isOfWhoKnows) {}
}
