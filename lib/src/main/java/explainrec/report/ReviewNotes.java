package explainrec.report;

import explainrec.run.ReviewResult;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The lines below tables of reviews: where the numbers come from and what they are. */
final class ReviewNotes {
  private static final String PAPERS_LM = "t5-small";
  private static final String PAPERS_ENCODER = "roberta-large";

  private ReviewNotes() {}

  /** Which language models wrote, as they are to be named beside a number. */
  static String languageModels(List<ReviewResult> runs) {
    Set<String> labels = new LinkedHashSet<>();
    boolean others = false;
    for (ReviewResult run : runs) {
      if (run.lm() != null) {
        others |= !run.lm().name().equals(PAPERS_LM);
        labels.add(
            String.format(
                Locale.ROOT,
                "%s (%,d numbers, %s)",
                run.lm().label(),
                run.lm().parameters(),
                run.lm().frozen() ? "frozen" : "trained too"));
      }
    }
    if (labels.isEmpty()) {
      return "No ready-made language model was used.";
    }
    String papers = " The paper's ELIXIR writes with T5-small: compare differences, not levels.";
    return "Language model: " + String.join("; ", labels) + "." + (others ? papers : "");
  }

  /** Which metrics the numbers are. */
  static String family(List<ReviewResult> runs) {
    String encoder =
        runs.stream()
            .map(run -> run.test().bertEncoder())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    String bert =
        encoder == null ? "BERTScore was not asked for." : "BERTScore's encoder: " + encoder;
    if (encoder != null) {
      bert +=
          encoder.contains(PAPERS_ENCODER)
              ? ", as in the paper."
              : ". With another encoder it is another metric; the paper's is "
                  + PAPERS_ENCODER
                  + ".";
    }
    return "Metrics of the ELIXIR family, as Hugging Face's evaluate defines them, in percent;"
        + " PETER's metrics of the same names are others. "
        + bert;
  }

  /** How many of the test rows were found in train. */
  static String leaks(ReviewRuns runs) {
    int all = runs.rows(false).length;
    return String.format(
        Locale.ROOT,
        "Leaked: the review's text or a near-duplicate of it stands in train; %,d of %,d test"
            + " rows.",
        all - runs.rows(true).length,
        all);
  }
}
