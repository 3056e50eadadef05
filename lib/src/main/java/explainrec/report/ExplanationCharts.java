package explainrec.report;

import explainrec.data.InputException;
import explainrec.run.ExplanationResult;
import java.util.List;

/** The kit's charts about short explanations and MMI. */
public final class ExplanationCharts {
  private ExplanationCharts() {}

  /**
   * A backbone's learning curve, or what fine-tuning by MMI logged at every step: reward, KL and
   * entropy, the weights of DWA, the share of distinct samples.
   *
   * @param run any run with epochs
   * @return the chart
   * @throws InputException when the run has no epochs
   */
  public static Chart training(ExplanationResult run) {
    return MmiCurves.training(run);
  }

  /**
   * Is the reward hacked? Above, the steps of fine-tuning: reward, and the share of distinct
   * samples, against the KL to the backbone. Below, the end: alignment by the judge against that by
   * the reward model, and USR against the perplexity under the backbone.
   *
   * @param runs generators and seeds on one data set; backbones have no steps
   * @return four charts in one
   * @throws InputException when the runs are not comparable, or none is fine-tuned
   */
  public static Chart rewardAgainstKl(List<ExplanationResult> runs) {
    return MmiCurves.rewardAgainstKl(new ExplanationRuns(runs));
  }

  /**
   * Which seeds take off: the reward on validation rows after each epoch of fine-tuning, with
   * estimators that go on learning from what is written, as the paper has it, and with estimators
   * kept as real explanations have taught them.
   *
   * @param runs generators and seeds on one data set
   * @return a panel a generator, a line a seed
   * @throws InputException when the runs are not comparable, or no generator has both
   */
  public static Chart takeOff(List<ExplanationResult> runs) {
    return TakeOffChart.of(new ExplanationRuns(runs));
  }

  /**
   * Alignment before and after MMI: for each generator two dots, means over seeds with their 95%
   * intervals over test rows, and hollow marks for the appendix's numbers where it has them.
   *
   * @param runs generators and seeds on one data set
   * @return a chart a score: I(R;E)/H(R) and 5-class accuracy for generators aligned with the
   *     rating, I(F;E) and FMR for those aligned with features
   * @throws InputException when the runs are not comparable, or none is fine-tuned
   */
  public static Chart alignment(List<ExplanationResult> runs) {
    return new AlignmentChart(runs).chart();
  }

  /**
   * The appendix's Figure 3: FMR by how frequent the feature is, extracted from the real
   * explanation or estimated from the user's and the item's train rows, before and after MMI.
   *
   * @param runs generators and seeds on one data set
   * @param model key of the generator, for instance {@code apref2seq}
   * @return two charts in one
   * @throws InputException when the runs are not comparable, or lack the generator's backbone or
   *     what MMI(F;E) made of it
   */
  public static Chart features(List<ExplanationResult> runs, String model) {
    return FeatureBars.of(new ExplanationRuns(runs), model);
  }
}
