package explainrec.elixir;

import explainrec.nn.Trainable;
import java.util.List;

/** Judges written reviews; what by, the caller knows. */
@FunctionalInterface
public interface ReviewValidator {
  /**
   * Scores a sample of the validation rows.
   *
   * @param rows the sample
   * @param written a review for each of them
   * @param loss mean loss per review over all validation rows, without dropout
   * @return the score to keep the best epoch by, lower is better, and what else to log
   */
  Trainable.Validation score(int[] rows, List<String> written, double loss);
}
