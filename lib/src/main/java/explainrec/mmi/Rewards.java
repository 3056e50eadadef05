package explainrec.mmi;

import explainrec.data.InputException;
import java.util.Arrays;
import java.util.List;

/**
 * The reward that explanations get: I(R;E)'s, I(F;E)'s, or (1 - eps) of the one and eps of the
 * other (appendix).
 */
final class Rewards {
  private final RewardModel model;
  private final double ratingShare;
  private final double featureShare;
  private final String form;

  Rewards(RewardModel model, MmiSettings settings) {
    this.model = model;
    this.form = settings.rewardForm();
    this.featureShare =
        switch (settings.align()) {
          case "feature" -> 1;
          case "both" -> settings.eps();
          default -> 0;
        };
    this.ratingShare = 1 - featureShare;
  }

  /**
   * Rewards, (N) each.
   *
   * @param total what is followed
   * @param rating I(R;E)'s; null when it does not count
   * @param feature I(F;E)'s; null when it does not count
   */
  record Given(double[] total, double[] rating, double[] feature) {
    /**
     * An explanation without words explains nothing, whatever T makes of it: where T is harsh on
     * all the others, a policy would else learn to be silent.
     *
     * @param texts (N)
     * @return with the batch's lowest reward for each empty text
     */
    Given silenceIsWorst(List<String> texts) {
      double worst = Arrays.stream(total).min().orElse(0);
      double[] changed = total.clone();
      for (int n = 0; n < changed.length; n++) {
        changed[n] = texts.get(n).isEmpty() ? worst : changed[n];
      }
      return new Given(changed, rating, feature);
    }
  }

  /** What a batch's rewards compare with. */
  final class Batch {
    private final int[] ratings;
    private final int[] features;
    private final long seed;
    private Reward rating;
    private Reward feature;

    private Batch(int[] ratings, int[] features, long seed) {
      this.ratings = ratings;
      this.features = features;
      this.seed = seed;
    }

    /**
     * Rewards whole explanations.
     *
     * @param texts words with blanks between, (N)
     * @return their rewards
     */
    Given of(List<String> texts) {
      int[] places = new int[texts.size()];
      Arrays.setAll(places, n -> n);
      return of(texts, places);
    }

    /**
     * Rewards explanations or parts of them.
     *
     * @param texts any number, M
     * @param places whose part each is, 0..N-1, (M)
     * @return their rewards, (M)
     */
    Given of(List<String> texts, int[] places) {
      double[] total = new double[texts.size()];
      double[] ofRating = null;
      double[] ofFeature = null;
      if (ratingShare > 0) {
        float[][] scores = model.ratingScores(texts);
        if (rating == null) {
          rating = new Reward(form, ratings, scores[0].length, seed);
        }
        ofRating = add(total, ratingShare, rating, scores, places);
      }
      if (featureShare > 0) {
        float[][] scores = model.featureScores(texts);
        if (feature == null) {
          feature = new Reward(form, features, scores[0].length, seed + 1);
        }
        ofFeature = add(total, featureShare, feature, scores, places);
      }
      return new Given(total, ofRating, ofFeature);
    }

    private double[] add(
        double[] total, double share, Reward reward, float[][] scores, int[] places) {
      double[] values = new double[places.length];
      for (int m = 0; m < places.length; m++) {
        values[m] = reward.of(places[m], scores[m]);
        if (!Double.isFinite(values[m])) {
          throw new InputException(
              "T is no longer a number; the last checkpoint is kept; use a smaller"
                  + " mineLearningRate");
        }
        total[m] += share * values[m];
      }
      return values;
    }
  }

  /**
   * Prepares the rewards of a batch.
   *
   * @param ratings rating classes, 0..4, (N)
   * @param features features, -1 for none, (N)
   * @param seed of the authors' permutation
   * @return gives rewards
   */
  Batch batch(int[] ratings, int[] features, long seed) {
    return new Batch(ratings, features, seed);
  }

  /** Whether the feature counts. */
  boolean ofFeature() {
    return featureShare > 0;
  }
}
