package explainrec.report;

import explainrec.run.RunResult;
import java.util.List;

/** The kit's charts, all in one style; each is made from result files or plain numbers. */
public final class Charts {
  private Charts() {}

  /**
   * Training loss and validation RMSE by epoch, the kept epoch marked.
   *
   * @param run a run with epochs
   * @return the chart
   * @throws explainrec.data.InputException when the run has no epochs
   */
  public static Chart curves(RunResult run) {
    return CurveCharts.curves(run);
  }

  /**
   * Validation RMSE of the overall rating by epoch, one line a model (mean over seeds), each
   * model's kept epochs marked.
   *
   * @param runs models and seeds on one data set; runs without epochs are left out
   * @return the chart
   * @throws explainrec.data.InputException when no run has epochs
   */
  public static Chart validation(List<RunResult> runs) {
    return CurveCharts.validation(runs);
  }
}
