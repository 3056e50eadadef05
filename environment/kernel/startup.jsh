// Runs once when a notebook's kernel starts, under JJava and IJava alike: both bring the global
// functions display(...) and updateDisplay(...) that are used here.

/** Shows a value below the cell: a chart or image, an HTML table, else its text. Prints nothing. */
void show(Object value) {
  if (value instanceof java.awt.image.BufferedImage) {
    display(value);
  } else if (value instanceof explainrec.report.Chart chart) {
    display(chart.image());
  } else if (value instanceof explainrec.report.Html html) {
    display(html.html(), "text/html");
  } else {
    display(String.valueOf(value));
  }
}

/** Shows a paragraph (Markdown) whose numbers are computed: as String.format, points for decimals. */
void say(String text, Object... numbers) {
  display(String.format(java.util.Locale.ROOT, text, numbers), "text/markdown");
}

/** Redraws an image that display(...) showed under this id. */
void redraw(String id, java.awt.image.BufferedImage image) {
  updateDisplay(id, image);
}

/** A place for one image below the cell: the first is shown, later ones are drawn over it. */
java.util.function.Consumer<java.awt.image.BufferedImage> live() {
  String[] id = new String[1];
  return image -> {
    if (id[0] == null) {
      id[0] = display(image);
    } else {
      redraw(id[0], image);
    }
  };
}
