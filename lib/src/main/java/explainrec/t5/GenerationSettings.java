package explainrec.t5;

import explainrec.data.Check;

/**
 * How texts are written.
 *
 * @param maxTokens longest text in tokens, its end included
 * @param beams kept for each text; 1 for greedy writing or sampling
 * @param lengthPenalty power of the length that a finished beam's score is divided by: above 0
 *     favours long texts
 * @param earlyStopping whether a beam search ends with as many finished texts as beams, without
 *     looking for better ones
 * @param repetitionPenalty how much less likely words become once written (Keskar et al. 2019); 1
 *     for none
 * @param sampling whether words are drawn instead of taking the likeliest
 * @param temperature that scores are divided by before drawing
 * @param topK how many of the likeliest words are drawn from; 0 for all
 * @param topP probability that the words drawn from add up to at least (Holtzman et al. 2020); 1
 *     for all words
 */
public record GenerationSettings(
    int maxTokens,
    int beams,
    double lengthPenalty,
    boolean earlyStopping,
    double repetitionPenalty,
    boolean sampling,
    double temperature,
    int topK,
    double topP) {

  /** Checks the ranges. */
  public GenerationSettings {
    Check.range("maxTokens", maxTokens, 1, 100_000);
    Check.range("beams", beams, 1, sampling ? 1 : 1000);
    Check.range("lengthPenalty", lengthPenalty, -100, 100);
    Check.range("repetitionPenalty", repetitionPenalty, 0.01, 100);
    Check.range("temperature", temperature, 0.001, 1000);
    Check.range("topK", topK, 0, Integer.MAX_VALUE);
    Check.range("topP", topP, 0, 1);
  }

  /**
   * The likeliest next word, every time.
   *
   * @param maxTokens longest text
   * @return the settings
   */
  public static GenerationSettings greedy(int maxTokens) {
    return beam(maxTokens, 1);
  }

  /**
   * Beam search as transformers does it unless told otherwise.
   *
   * @param maxTokens longest text
   * @param beams kept for each text
   * @return the settings
   */
  public static GenerationSettings beam(int maxTokens, int beams) {
    return new GenerationSettings(maxTokens, beams, 1, false, 1, false, 1, 0, 1);
  }

  /**
   * Words drawn from narrowed distributions.
   *
   * @param maxTokens longest text
   * @param temperature that scores are divided by
   * @param topK likeliest words drawn from; 0 for all
   * @param topP probability they add up to at least; 1 for all
   * @return the settings
   */
  public static GenerationSettings sample(
      int maxTokens, double temperature, int topK, double topP) {
    return new GenerationSettings(maxTokens, 1, 1, false, 1, true, temperature, topK, topP);
  }

  /**
   * The same with another repetition penalty.
   *
   * @param penalty 1 for none
   * @return the settings
   */
  public GenerationSettings withRepetitionPenalty(double penalty) {
    return new GenerationSettings(
        maxTokens, beams, lengthPenalty, earlyStopping, penalty, sampling, temperature, topK, topP);
  }
}
