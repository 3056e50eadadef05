package explainrec.report;

import explainrec.metrics.Bleu;
import explainrec.metrics.Statistics;
import explainrec.run.ReviewResult;
import java.util.function.Function;

/** The columns of the paper's Table 4, each computed from a run's test rows. */
enum ReviewMetric implements Score<ReviewResult> {
  /** Mean over rows. */
  METEOR("METEOR", ReviewResult.Test::meteor),
  /** Of all rows as one corpus: no mean of anything. */
  BLEU("BLEU", null),
  /** Mean of F1 over rows. */
  ROUGE_1("ROUGE-1", ReviewResult.Test::rouge1),
  /** Mean of F1 over rows. */
  ROUGE_2("ROUGE-2", ReviewResult.Test::rouge2),
  /** Mean of F1 over rows. */
  ROUGE_L("ROUGE-L", ReviewResult.Test::rougeL),
  /** Mean over rows. */
  BERT_PRECISION("BERTScore P", ReviewResult.Test::bertPrecision),
  /** Mean over rows. */
  BERT_RECALL("BERTScore R", ReviewResult.Test::bertRecall),
  /** Mean over rows. */
  BERT_F1("BERTScore F1", ReviewResult.Test::bertF1);

  private final String title;
  private final Function<ReviewResult.Test, double[]> column;

  ReviewMetric(String title, Function<ReviewResult.Test, double[]> column) {
    this.title = title;
    this.column = column;
  }

  @Override
  public String title() {
    return title;
  }

  /** Whether it is BERTScore's: those depend on an encoder. */
  boolean bert() {
    return compareTo(BERT_PRECISION) >= 0;
  }

  /** Whether it is the mean of one value a row. */
  boolean mean() {
    return column != null;
  }

  @Override
  public int size(ReviewResult run) {
    return run.leaked().length;
  }

  /** One value a row, 0..1, (N); null for BLEU, and when the run was not asked for it. */
  @Override
  public double[] rows(ReviewResult run) {
    return column == null ? null : column.apply(run.test());
  }

  /**
   * The score of some rows.
   *
   * @param run whose
   * @param counts how often each row counts, (N)
   * @return percent; NaN when the run was not asked for it
   */
  @Override
  public double of(ReviewResult run, int[] counts) {
    if (!mean()) {
      return 100 * bleu(run.test().bleuCounts(), counts);
    }
    double[] rows = rows(run);
    return rows == null ? Double.NaN : 100 * Statistics.weightedMean(rows, counts);
  }

  private static double bleu(int[][] rows, int[] counts) {
    long[] sums = new long[rows.length == 0 ? 10 : rows[0].length];
    for (int n = 0; n < rows.length; n++) {
      for (int k = 0; counts[n] > 0 && k < sums.length; k++) {
        sums[k] += (long) counts[n] * rows[n][k];
      }
    }
    return Bleu.ofSums(sums).score();
  }
}
