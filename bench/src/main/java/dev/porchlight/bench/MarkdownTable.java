package dev.porchlight.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table in Markdown. The first column is text, the others are figures. Confined to one thread. */
final class MarkdownTable {
  private final List<List<String>> rows = new ArrayList<>();

  MarkdownTable(List<String> head) {
    rows.add(List.copyOf(head));
  }

  void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** A figure with this many decimals; a dash when there is none. */
  static String figure(double value, int decimals) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%." + decimals + "f", value) : "-";
  }

  /** The lines of the table, each with its end; columns are aligned for those who read it as it is. */
  @Override
  public String toString() {
    var widths = new ArrayList<Integer>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    var text = new StringBuilder(line(rows.getFirst(), widths));
    text.append("|");
    for (int column = 0; column < widths.size(); column++) {
      text.append("-".repeat(widths.get(column) + 1)).append(column == 0 ? "-|" : ":|");
    }
    text.append('\n');
    rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String line(List<String> row, List<Integer> widths) {
    var cells = new ArrayList<String>();
    for (int column = 0; column < row.size(); column++) {
      String fill = " ".repeat(widths.get(column) - row.get(column).length());
      cells.add(column == 0 ? row.get(column) + fill : fill + row.get(column));
    }
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
