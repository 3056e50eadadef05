package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.text.ExplainedSplit;
import java.util.HashMap;
import java.util.Map;

/**
 * Guesses the feature that a user's explanation of an item will speak of, from train rows alone:
 * the f with the largest p_u(f) p_i(f), both smoothed by the features' shares in train.
 */
public final class FeatureEstimate {
  private static final double SMOOTHING = 1; // explanations' worth of the overall shares

  private final double[] shares; // of each feature in train, (F)
  private final Map<Integer, int[]> ofUser = new HashMap<>();
  private final Map<Integer, int[]> ofItem = new HashMap<>();

  /**
   * Counts features.
   *
   * @param data whose train rows are counted
   */
  public FeatureEstimate(ExplainedSplit data) {
    int many = data.features().size();
    Interactions reviews = data.split().data();
    shares = new double[many];
    int total = 0;
    for (int row : data.split().train()) {
      int feature = data.featureOf()[row];
      if (feature >= 0) {
        shares[feature]++;
        total++;
        ofUser.computeIfAbsent(reviews.user(row), user -> new int[many])[feature]++;
        ofItem.computeIfAbsent(reviews.item(row), item -> new int[many])[feature]++;
      }
    }
    for (int feature = 0; feature < many; feature++) {
      shares[feature] /= Math.max(1, total);
    }
  }

  /**
   * The likeliest feature of each request.
   *
   * @param requests any
   * @return feature numbers; equals give the more frequent one, (B)
   */
  public int[] of(Requests requests) {
    int[] none = new int[shares.length];
    int[] guessed = new int[requests.size()];
    for (int n = 0; n < guessed.length; n++) {
      int[] user = ofUser.getOrDefault(requests.users()[n], none);
      int[] item = ofItem.getOrDefault(requests.items()[n], none);
      double most = -1;
      for (int feature = 0; feature < shares.length; feature++) {
        double smooth = SMOOTHING * shares[feature];
        double product = (user[feature] + smooth) * (item[feature] + smooth);
        if (product > most) {
          most = product;
          guessed[n] = feature;
        }
      }
    }
    return guessed;
  }
}
