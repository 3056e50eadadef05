package explainrec.backbones;

import explainrec.data.Interactions;
import explainrec.data.Split;
import explainrec.nn.RatingPredictor;
import java.util.function.IntToDoubleFunction;

/**
 * The baseline that interaction models have to beat: r^ = mu + b_u + b_i for every rating by
 * itself, biases fitted by alternating ridge regression, b_u = sum (r - mu - b_i) / (lambda + n_u)
 * and likewise b_i.
 */
public final class BiasRating implements RatingPredictor {
  private static final double[] SHRINKAGES = {1, 2, 5, 10, 20};

  private final Biases[] heads; // overall, then each aspect, (A + 1)

  /** Biases of one rating. */
  private record Biases(double mean, double[] user, double[] item) {
    double predict(int u, int i) {
      return mean + user[u] + item[i];
    }
  }

  /**
   * Fits the biases.
   *
   * @param split fitted on its train rows, shrinkage chosen on its validation rows
   * @param settings of the baseline
   */
  public BiasRating(Split split, BiasSettings settings) {
    Interactions data = split.data();
    heads = new Biases[data.aspects().size() + 1];
    for (int head = 0; head < heads.length; head++) {
      int aspect = head - 1;
      IntToDoubleFunction rating = head == 0 ? data::overall : row -> data.aspect(row, aspect);
      heads[head] =
          settings.biasShrinkage().equals("auto")
              ? best(split, rating, settings.biasRounds())
              : fit(
                  split,
                  rating,
                  Double.parseDouble(settings.biasShrinkage()),
                  settings.biasRounds());
    }
  }

  private static Biases best(Split split, IntToDoubleFunction rating, int rounds) {
    Biases best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double shrinkage : SHRINKAGES) {
      Biases biases = fit(split, rating, shrinkage, rounds);
      double error = 0;
      for (int row : split.validation()) {
        double miss =
            biases.predict(split.data().user(row), split.data().item(row))
                - rating.applyAsDouble(row);
        error += miss * miss;
      }
      if (error < least) {
        least = error;
        best = biases;
      }
    }
    return best;
  }

  private static Biases fit(Split split, IntToDoubleFunction rating, double shrinkage, int rounds) {
    Interactions data = split.data();
    int[] train = split.train();
    double[] residual = new double[train.length];
    double mean = 0;
    for (int row : train) {
      mean += rating.applyAsDouble(row) / train.length;
    }
    Biases biases =
        new Biases(mean, new double[data.users().size()], new double[data.items().size()]);
    for (int round = 0; round < rounds; round++) {
      for (int k = 0; k < train.length; k++) {
        residual[k] = rating.applyAsDouble(train[k]) - mean - biases.user[data.user(train[k])];
      }
      shrink(biases.item, residual, train, data::item, shrinkage);
      for (int k = 0; k < train.length; k++) {
        residual[k] = rating.applyAsDouble(train[k]) - mean - biases.item[data.item(train[k])];
      }
      shrink(biases.user, residual, train, data::user, shrinkage);
    }
    return biases;
  }

  private static void shrink(
      double[] biases,
      double[] residual,
      int[] rows,
      java.util.function.IntUnaryOperator entity,
      double shrinkage) {
    double[] sums = new double[biases.length];
    int[] counts = new int[biases.length];
    for (int k = 0; k < rows.length; k++) {
      int e = entity.applyAsInt(rows[k]);
      sums[e] += residual[k];
      counts[e]++;
    }
    for (int e = 0; e < biases.length; e++) {
      biases[e] = counts[e] == 0 ? 0 : sums[e] / (shrinkage + counts[e]);
    }
  }

  @Override
  public float[][] predict(int[] users, int[] items) {
    float[][] ratings = new float[heads.length][users.length];
    for (int head = 0; head < heads.length; head++) {
      for (int n = 0; n < users.length; n++) {
        ratings[head][n] = (float) heads[head].predict(users[n], items[n]);
      }
    }
    return ratings;
  }
}
