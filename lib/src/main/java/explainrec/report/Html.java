package explainrec.report;

/** Something that can be shown in a notebook or a report page. */
@FunctionalInterface
public interface Html {
  /**
   * The thing as HTML.
   *
   * @return a fragment that needs no style sheet, script or other file
   */
  String html();
}
