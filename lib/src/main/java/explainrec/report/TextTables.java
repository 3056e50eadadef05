package explainrec.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.ArrayList;
import java.util.List;

/** Writes tables as CSV, Markdown and LaTeX. */
final class TextTables {
  private TextTables() {}

  static String csv(ResultTable table) {
    List<List<String>> records = new ArrayList<>();
    records.add(table.columns().stream().flatMap(c -> c.csvTitles().stream()).toList());
    for (ResultTable.Line line : table.lines()) {
      List<String> record = new ArrayList<>();
      for (int c = 0; c < table.columns().size(); c++) {
        record.addAll(table.columns().get(c).csvValues(line.cells().get(c)));
      }
      records.add(record);
    }
    try {
      return new CsvMapper()
          .writer(CsvSchema.emptySchema().withLineSeparator("\n"))
          .writeValueAsString(records);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings that cannot be written as CSV", e);
    }
  }

  static String markdown(ResultTable table) {
    StringBuilder out = new StringBuilder();
    out.append("**").append(pipes(table.title())).append("**\n\n");
    for (Column column : table.columns()) {
      out.append("| ").append(pipes(column.fullTitle())).append(' ');
    }
    out.append("|\n");
    for (Column column : table.columns()) {
      out.append(column.kind() == Column.Kind.TEXT ? "|---" : "|---:");
    }
    out.append("|\n");
    List<List<String>> rows = table.rows();
    for (int row = 0; row < rows.size(); row++) {
      for (int c = 0; c < rows.get(row).size(); c++) {
        String text = pipes(rows.get(row).get(c));
        out.append("| ").append(table.best(row, c) ? "**" + text + "**" : text).append(' ');
      }
      out.append("|\n");
    }
    for (String note : table.notes()) {
      out.append('\n').append(pipes(note)).append('\n');
    }
    return out.toString();
  }

  /** Escapes what would end a Markdown cell or become emphasis or markup in it. */
  private static String pipes(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("<", "&lt;")
        .replace("\n", " ");
  }

  static String latex(ResultTable table) {
    StringBuilder out = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{table}\n");
    out.append("\\caption{").append(tex(table.title())).append("}\n\\begin{tabular}{");
    for (Column column : table.columns()) {
      out.append(column.kind() == Column.Kind.TEXT ? 'l' : 'r');
    }
    out.append("}\n\\toprule\n");
    if (table.columns().stream().anyMatch(c -> !c.group().isEmpty())) {
      groups(table.columns(), out);
    }
    line(table.columns().stream().map(c -> tex(c.title())).toList(), out);
    out.append("\\midrule\n");
    List<List<String>> rows = table.rows();
    for (int row = 0; row < rows.size(); row++) {
      out.append(table.lines().get(row).ruled() ? "\\addlinespace\n" : "");
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < rows.get(row).size(); c++) {
        String text = tex(rows.get(row).get(c));
        cells.add(table.best(row, c) ? "\\textbf{" + text + "}" : text);
      }
      line(cells, out);
    }
    out.append("\\bottomrule\n\\end{tabular}\n");
    for (String note : table.notes()) {
      out.append("\\par\\footnotesize ").append(tex(note)).append('\n');
    }
    return out.append("\\end{table}\n").toString();
  }

  private static void groups(List<Column> columns, StringBuilder out) {
    List<String> cells = new ArrayList<>();
    StringBuilder rules = new StringBuilder();
    int from = 0;
    while (from < columns.size()) {
      int to = from + 1;
      String group = columns.get(from).group();
      while (to < columns.size() && !group.isEmpty() && columns.get(to).group().equals(group)) {
        to++;
      }
      if (group.isEmpty()) {
        cells.add("");
      } else {
        cells.add("\\multicolumn{" + (to - from) + "}{c}{" + tex(group) + "}");
        rules.append("\\cmidrule(lr){").append(from + 1).append('-').append(to).append('}');
      }
      from = to;
    }
    line(cells, out);
    out.append(rules).append('\n');
  }

  private static void line(List<String> cells, StringBuilder out) {
    out.append(String.join(" & ", cells)).append(" \\\\\n");
  }

  /** Escapes TeX's own characters and spells out the few signs beyond ASCII that tables use. */
  static String tex(String text) {
    StringBuilder out = new StringBuilder();
    for (char c : text.toCharArray()) {
      out.append(
          switch (c) {
            case '\\' -> "\\textbackslash{}";
            case '&', '%', '$', '#', '_', '{', '}' -> "\\" + c;
            case '~' -> "\\textasciitilde{}";
            case '^' -> "\\textasciicircum{}";
            case '<' -> "$<$";
            case '>' -> "$>$";
            case '±' -> "$\\pm$";
            case '−' -> "$-$";
            case '–' -> "--";
            case '\n' -> " ";
            default -> String.valueOf(c);
          });
    }
    return out.toString();
  }
}
