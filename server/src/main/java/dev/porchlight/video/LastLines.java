package dev.porchlight.video;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last lines that a process has said, and the first, without secrets. However much it says, it is read, or it would
 * stop; and of no line more is kept than people read. Thread-safe; one thread reads.
 */
final class LastLines {
  private static final int FIRST = 30;
  private static final int LAST = 30;
  private static final int LONGEST = 500;

  private final Secrets secrets;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final Deque<String> first = new ArrayDeque<>();
  @GuardedBy("lock")
  private final Deque<String> last = new ArrayDeque<>();

  LastLines(Secrets secrets) {
    this.secrets = secrets;
  }

  /** Reads to the end. */
  void readFrom(InputStream in) {
    var line = new StringBuilder();
    var buffer = new byte[4096];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (char c : new String(buffer, 0, read, StandardCharsets.ISO_8859_1).toCharArray()) {
          if (c == '\n' || c == '\r') {
            add(line.toString());
            line.setLength(0);
          } else if (line.length() < LONGEST) {
            line.append(c < ' ' ? ' ' : c);
          }
        }
      }
    } catch (IOException _) {
      // The process was ended while it spoke.
    }
    add(line.toString());
  }

  /** What was said, from the beginning, with a gap where it was too much. */
  List<String> all() {
    synchronized (lock) {
      var all = new ArrayList<>(first);
      all.addAll(last);
      return all;
    }
  }

  private void add(String line) {
    if (line.isBlank()) {
      return;
    }
    String shown = secrets.removedFrom(line.strip());
    synchronized (lock) {
      if (first.size() < FIRST) {
        first.add(shown);
        return;
      }
      if (last.size() == LAST) {
        last.removeFirst();
      }
      last.add(shown);
    }
  }
}
