package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux says of processes and of itself, under {@code /proc}. */
final class Machine {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern TCP_PAGES = Pattern.compile("TCP:.* mem (\\d+)");
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");
  private static final long PAGE_KIBIBYTES = 4;

  private Machine() {}

  /** Resident memory of processes in KiB; one that has ended counts nothing. */
  static long residentKibibytes(List<Long> pids) {
    return pids.stream().mapToLong(pid -> number(RESIDENT, "/proc/" + pid + "/status", 0)).sum();
  }

  /** Processor time that processes have used, in seconds; of one that has ended nothing is known. */
  static double processorSeconds(List<Long> pids) {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .mapToDouble(time -> time.toNanos() / 1e9)
        .sum();
  }

  /** Memory that the kernel holds for TCP, all sockets of the machine together, in KiB. */
  static long tcpKibibytes() {
    return number(TCP_PAGES, "/proc/net/sockstat", 0) * PAGE_KIBIBYTES;
  }

  /** How many files a process may have open; more than anybody needs when there is no limit. */
  static long mostOpenFiles() {
    return number(OPEN_FILES, "/proc/self/limits", Integer.MAX_VALUE);
  }

  /** True when a process is a Java machine. */
  static boolean isJava(long pid) {
    try {
      return Path.of("/proc/" + pid + "/exe").toRealPath().endsWith("java");
    } catch (IOException _) {
      return false;
    }
  }

  private static long number(Pattern pattern, String file, long otherwise) {
    try {
      Matcher found = pattern.matcher(Files.readString(Path.of(file)));
      return found.find() ? Long.parseLong(found.group(1)) : otherwise;
    } catch (IOException _) {
      return otherwise;
    }
  }
}
