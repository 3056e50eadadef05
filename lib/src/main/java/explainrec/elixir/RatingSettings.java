package explainrec.elixir;

import explainrec.data.Check;

/**
 * Settings of ELIXIR's rating module; {@link #paper()} gives those of section 4.1.4.
 *
 * @param variant {@code full}; {@code no-attention} (eq. 13); {@code no-aspects} (eq. 14); {@code
 *     no-global} (eq. 15)
 * @param width d, the size of every representation, 1..4096
 * @param dropout share of hidden values dropped while training, 0..0.9
 * @param attentionScale {@code none} (paper, eq. 3) or {@code sqrt} (the authors' code: scores over
 *     sqrt(d))
 * @param overallWeight alpha of eq. 11, 0..1; {@code auto} stands for 1 / (|A| + 1); no-aspects has
 *     one loss and reads no alpha
 * @param learningRate Adam's step size, above 0 up to 1
 * @param batchSize interactions a step, 1..65536
 * @param maxEpochs epochs at most, 1..10000
 * @param patience epochs without a better validation RMSE before training stops; 0 never stops
 *     early (paper)
 */
public record RatingSettings(
    String variant,
    int width,
    double dropout,
    String attentionScale,
    String overallWeight,
    double learningRate,
    int batchSize,
    int maxEpochs,
    int patience) {

  /** Checks every range. */
  public RatingSettings {
    Check.oneOf("variant", variant, "full", "no-attention", "no-aspects", "no-global");
    Check.range("width", width, 1, 4096);
    Check.range("dropout", dropout, 0, 0.9);
    Check.oneOf("attentionScale", attentionScale, "none", "sqrt");
    Check.autoOrRange("overallWeight", overallWeight, 0, 1);
    Check.range("learningRate", learningRate, 1e-9, 1);
    Check.range("batchSize", batchSize, 1, 65536);
    Check.range("maxEpochs", maxEpochs, 1, 10000);
    Check.range("patience", patience, 0, 10000);
  }

  /**
   * The paper's settings.
   *
   * @return d 256, dropout 0.1, Adam 1e-3, batch 32, 50 epochs, alpha by the formula, unscaled
   *     attention
   */
  public static RatingSettings paper() {
    return new RatingSettings("full", 256, 0.1, "none", "auto", 1e-3, 32, 50, 0);
  }

  /**
   * The same settings for another variant.
   *
   * @param other {@code full}, {@code no-attention}, {@code no-aspects} or {@code no-global}
   * @return a copy
   */
  public RatingSettings withVariant(String other) {
    return new RatingSettings(
        other,
        width,
        dropout,
        attentionScale,
        overallWeight,
        learningRate,
        batchSize,
        maxEpochs,
        patience);
  }

  /** Whether a_u, a_i exist: not where ratings come from the global vectors alone. */
  boolean encodesAspects() {
    return variant.equals("full") || variant.equals("no-attention");
  }

  /**
   * How many vectors of width d psi reads of a pair (eq. 7).
   *
   * @param aspects |A|
   * @return 2 (1 + |A|), or 2 in variants without aspect vectors
   */
  public int vectors(int aspects) {
    return encodesAspects() ? 2 * (1 + aspects) : 2;
  }

  /** Whether aspect ratings are learnt and predicted. */
  public boolean ratesAspects() {
    return !variant.equals("no-aspects");
  }

  /**
   * Alpha of eq. 11.
   *
   * @param aspects |A|
   * @return the weight of the overall loss
   */
  public double alpha(int aspects) {
    return overallWeight.equals("auto") ? 1.0 / (aspects + 1) : Double.parseDouble(overallWeight);
  }
}
