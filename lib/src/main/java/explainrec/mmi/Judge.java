package explainrec.mmi;

import ai.djl.Device;
import explainrec.nn.TrainingListener;
import explainrec.text.ExplainedSplit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Judges a generator's explanations with estimators and a classifier that had no part in its
 * fine-tuning: another seed, other rows. A reward model that judged its own pupil would praise
 * whatever the pupil has learnt to fool it with.
 *
 * <p>What its estimators learn from is the setting {@code judgeOn}. By default they see real
 * explanations only: "a MINE trained on train, evaluated on test". Where a generator writes unlike
 * people, that bound is cautious: T knows people's texts. With {@code generated} the caller has
 * them go on learning ({@link Alignment#learn}) from what the generator wrote for the judge's rows;
 * the bound then is about the generator's own texts, and still from rows that it is not tested on.
 */
public final class Judge implements AutoCloseable {
  private final Alignment alignment;
  private final TrainedEncoder classifier;

  /**
   * A classifier's share of right answers.
   *
   * @param five rating classes 1 to 5, 0..1
   * @param two liked (above 3) or not, 0..1
   */
  public record Accuracy(double five, double two) {
    /**
     * Compares classes.
     *
     * @param found 0..4, (N)
     * @param wanted 0..4, (N)
     * @return NaN for none
     */
    public static Accuracy of(int[] found, int[] wanted) {
      int same = 0;
      int alike = 0;
      for (int n = 0; n < found.length; n++) {
        same += found[n] == wanted[n] ? 1 : 0;
        alike += liked(found[n]) == liked(wanted[n]) ? 1 : 0;
      }
      return new Accuracy((double) same / found.length, (double) alike / found.length);
    }

    private static boolean liked(int ratingClass) {
      return ratingClass > 2;
    }
  }

  private Judge(Alignment alignment, TrainedEncoder classifier) {
    this.alignment = alignment;
    this.classifier = classifier;
  }

  /**
   * Trains a judge on the real explanations of some rows.
   *
   * @param data explained
   * @param rows to learn from, none of them the reward model's; see {@link Halves}
   * @param settings of encoder and estimators
   * @param align {@code rating}, {@code feature} or {@code both}
   * @param device where it computes
   * @param seed of everything random, not the reward model's
   * @param listeners as in {@link Alignment#train}, and {@code classifier} where the sentence
   *     encoder is not a trained one
   * @return the judge, to be closed
   * @throws explainrec.data.InputException when the rows have fewer than two ratings (or features)
   */
  public static Judge train(
      ExplainedSplit data,
      int[] rows,
      MineSettings settings,
      String align,
      Device device,
      long seed,
      Function<String, TrainingListener> listeners) {
    Alignment alignment = Alignment.train(data, rows, settings, align, device, seed, listeners);
    if (alignment.trained() != null) {
      return new Judge(alignment, alignment.trained());
    }
    try {
      return new Judge(
          alignment,
          TrainedEncoder.train(
              RealSentences.of(data, rows),
              settings,
              0,
              device,
              seed,
              List.of(listeners.apply("classifier"))));
    } catch (RuntimeException e) {
      alignment.close();
      throw e;
    }
  }

  /**
   * A judge of a kept alignment.
   *
   * @param alignment trained, with an encoder of its own ({@code sentenceEncoder trained}); the
   *     judge closes it
   * @return the judge
   */
  public static Judge of(Alignment alignment) {
    if (alignment.trained() == null) {
      throw new IllegalArgumentException("an encoder that was not trained cannot classify");
    }
    return new Judge(alignment, alignment.trained());
  }

  /** Its encoder and estimators. */
  public Alignment alignment() {
    return alignment;
  }

  /**
   * The rating that each explanation sounds like.
   *
   * @param texts may be empty texts, (N)
   * @return 0..4 for 1 to 5 stars, (N)
   */
  public int[] classify(List<String> texts) {
    return classifier.classify(texts);
  }

  /**
   * How often the classifier gives real explanations the rating they came with: the level that
   * generated ones are compared with.
   *
   * @param data explained
   * @param rows held out, such as the validation rows
   * @return shares of right answers
   */
  public Accuracy accuracy(ExplainedSplit data, int[] rows) {
    List<String> texts =
        Arrays.stream(rows).mapToObj(row -> data.explanations().get(row).text()).toList();
    return Accuracy.of(classify(texts), RatingClasses.of(data, rows));
  }

  @Override
  public void close() {
    alignment.close();
    if (classifier != alignment.trained()) {
      classifier.close();
    }
  }
}
