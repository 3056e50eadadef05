package explainrec.report;

import java.util.List;

/** Writes a table as HTML with the style in each element, so that notebooks and pages keep it. */
final class HtmlTable {
  private static final String LINE = "1px solid #d0d0d0";
  private static final String RULE = "2px solid #333333";
  private final ResultTable table;
  private final StringBuilder out = new StringBuilder();

  HtmlTable(ResultTable table) {
    this.table = table;
  }

  String render() {
    out.append("<div style=\"margin:0.6em 0 1.2em 0;overflow-x:auto\">\n");
    out.append("<div style=\"font-weight:600;margin-bottom:0.4em\">")
        .append(escape(table.title()))
        .append(
            "</div>\n<table style=\"border-collapse:collapse;font-size:"
                + (wide() ? "11px" : "13px")
                + ";margin:0;border-top:")
        .append(RULE)
        .append(";border-bottom:")
        .append(RULE)
        .append("\">\n<thead>\n");
    if (table.columns().stream().anyMatch(c -> !c.group().isEmpty())) {
      groups();
    }
    titles();
    out.append("</thead>\n<tbody>\n");
    for (int row = 0; row < table.lines().size(); row++) {
      row(row);
    }
    out.append("</tbody>\n</table>\n");
    for (String note : table.notes()) {
      out.append("<div style=\"font-size:12px;color:#555555;margin-top:0.25em;max-width:60em\">")
          .append(escape(note))
          .append("</div>\n");
    }
    out.append("</div>\n");
    return out.toString();
  }

  private void groups() {
    out.append("<tr style=\"background:transparent\">");
    List<Column> columns = table.columns();
    int from = 0;
    while (from < columns.size()) {
      int to = from + 1;
      String group = columns.get(from).group();
      while (to < columns.size() && !group.isEmpty() && columns.get(to).group().equals(group)) {
        to++;
      }
      out.append("<th colspan=\"").append(to - from).append("\" style=\"text-align:center;");
      out.append("padding:4px " + side() + ";font-weight:600;border:none;white-space:nowrap");
      out.append(group.isEmpty() ? "" : ";border-bottom:" + LINE);
      out.append("\">").append(escape(group)).append("</th>");
      from = to;
    }
    out.append("</tr>\n");
  }

  private void titles() {
    out.append("<tr style=\"background:transparent\">");
    for (Column column : table.columns()) {
      String align = align(column);
      out.append("<th style=\"text-align:").append(align);
      out.append(
          ";padding:4px "
              + side()
              + ";font-weight:600;border:none;border-bottom:1px solid #333333\">");
      boolean brief = column.title().length() < 14;
      out.append(brief ? escape(column.title()).replace(" ", "&nbsp;") : escape(column.title()));
      out.append("</th>");
    }
    out.append("</tr>\n");
  }

  private void row(int row) {
    List<String> cells = table.rows().get(row);
    String rule = table.lines().get(row).ruled() ? ";border-top:" + LINE : "";
    out.append("<tr style=\"background:transparent\">");
    for (int c = 0; c < cells.size(); c++) {
      Column column = table.columns().get(c);
      boolean words = column.kind() == Column.Kind.TEXT;
      out.append("<td style=\"text-align:").append(align(column));
      out.append(";padding:3px " + side() + ";border:none").append(rule);
      out.append(words ? "" : ";white-space:nowrap;font-variant-numeric:tabular-nums")
          .append("\">");
      String text = escape(cells.get(c));
      out.append(table.best(row, c) ? "<b>" + text + "</b>" : text).append("</td>");
    }
    out.append("</tr>\n");
  }

  private static String align(Column column) {
    return column.kind() == Column.Kind.TEXT ? "left" : "right";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Tables of many columns are set closer, so that they fit a notebook's page. */
  private boolean wide() {
    return table.columns().size() > 8;
  }

  private String side() {
    return wide() ? "5px" : "10px";
  }
}
