package explainrec.data;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The guests, the hotels and who reviewed what; see {@link World} for the formulas.
 *
 * <p>Shapes: U users, I items, N rows, A aspects, T types, m features of an item and aspect. Rows
 * are sorted by user, then in the order of time.
 */
final class WorldPopulation {
  /** Reviews that every user writes at least. */
  static final int FEWEST = 5;

  /** Names of the user types. */
  static final String[] TYPES = {"business", "family", "saver", "light sleeper", "explorer"};

  /** How much each type stresses each aspect, (T, A); times kappa these are softmax logits. */
  private static final double[][] STRESS = {
    {0, 0.7, 0, 1, 0.4, 0},
    {0.8, 0, 1, 0, 0, 0.3},
    {0, 0.3, 0, 0, 0, 1.2},
    {0.3, 0, 0.3, 0, 1.2, 0},
    {0, 1.2, 0, 0.4, 0, 0.2}
  };

  final WorldSettings settings;
  private final int catalogue;
  final int[] type;
  final double[][] importance;
  final double[][] mention;
  private final double[] silence; // odds of naming no aspect before such draws are rejected, (U)
  final double[] leniency;
  final double[][] taste;
  final double[][] quality;
  final int[][][] features;
  final int[] firstRow;
  final int[] itemOfRow;

  /**
   * Draws everybody.
   *
   * @param settings the world's settings
   * @param aspects A
   * @param catalogue features to choose from, for each aspect
   */
  WorldPopulation(WorldSettings settings, int aspects, int catalogue) {
    this.settings = settings;
    this.catalogue = catalogue;
    int users = settings.worldUsers();
    int items = settings.worldItems();
    type = new int[users];
    importance = new double[users][aspects];
    mention = new double[users][aspects];
    silence = new double[users];
    leniency = new double[users];
    taste = new double[users][aspects];
    double[] activity = new double[users];
    for (int u = 0; u < users; u++) {
      activity[u] = user(u);
    }
    quality = new double[items][aspects];
    features = new int[items][aspects][];
    double[] popularity = new double[items];
    for (int i = 0; i < items; i++) {
      popularity[i] = item(i);
    }
    firstRow = rows(activity);
    itemOfRow = pairs(popularity);
  }

  /** Draws one user; returns the weight of its activity. */
  private double user(int u) {
    WorldRandom random = new WorldRandom(settings.worldSeed(), WorldRandom.Stream.USER, u);
    type[u] = random.nextInt(TYPES.length);
    int aspects = taste[u].length;
    double sum = 0;
    double none = 1;
    for (int a = 0; a < aspects; a++) {
      double logit =
          settings.worldTypeStrength() * STRESS[type[u]][a]
              + settings.worldTypeSpread() * random.nextGaussian();
      importance[u][a] = StrictMath.exp(logit);
      sum += importance[u][a];
    }
    for (int a = 0; a < aspects; a++) {
      importance[u][a] /= sum;
      mention[u][a] =
          1
              - (1 - settings.worldMentionFloor())
                  * StrictMath.exp(-settings.worldMentionGain() * importance[u][a]);
      none *= 1 - mention[u][a];
      taste[u][a] = settings.worldTaste() * random.nextGaussian();
    }
    silence[u] = none / (1 - none);
    leniency[u] = settings.worldLeniency() * random.nextGaussian();
    return random.nextExponential();
  }

  /** Draws one item; returns its popularity. */
  private double item(int i) {
    WorldRandom random = new WorldRandom(settings.worldSeed(), WorldRandom.Stream.ITEM, i);
    double shared = random.nextGaussian();
    double rho = settings.worldQualityShared();
    int[] shelf = new int[catalogue];
    for (int a = 0; a < quality[i].length; a++) {
      quality[i][a] =
          settings.worldQualitySpread()
              * (StrictMath.sqrt(rho) * shared + StrictMath.sqrt(1 - rho) * random.nextGaussian());
      Arrays.setAll(shelf, k -> k);
      random.shuffle(shelf);
      features[i][a] = Arrays.copyOf(shelf, settings.worldFeatures());
      Arrays.sort(features[i][a]);
    }
    return 0.5 + 0.5 * random.nextExponential();
  }

  /** Shares the N reviews among the users, at least {@link #FEWEST} each; first rows, (U + 1). */
  private int[] rows(double[] activity) {
    int users = activity.length;
    int most = settings.worldItems() / 2;
    long spare = settings.worldReviews() - (long) FEWEST * users;
    double total = 0;
    for (double weight : activity) {
      total += weight;
    }
    int[] count = new int[users];
    Arrays.fill(count, FEWEST);
    double soFar = 0;
    long given = 0;
    for (int u = 0; u < users; u++) {
      soFar += activity[u];
      long due = u == users - 1 ? spare : (long) Math.floor(spare * (soFar / total));
      int extra = (int) Math.min(due - given, most - FEWEST);
      count[u] += extra;
      given += extra;
    }
    for (int u = 0; given < spare; u++) {
      int extra = (int) Math.min(spare - given, most - count[u]);
      count[u] += extra;
      given += extra;
    }
    int[] first = new int[users + 1];
    for (int u = 0; u < users; u++) {
      first[u + 1] = first[u] + count[u];
    }
    return first;
  }

  /** Draws each user's hotels by popularity, none twice; item of each row, (N). */
  private int[] pairs(double[] popularity) {
    double[] upTo = popularity.clone();
    for (int i = 1; i < upTo.length; i++) {
      upTo[i] += upTo[i - 1];
    }
    int[] item = new int[settings.worldReviews()];
    BitSet seen = new BitSet(upTo.length);
    for (int u = 0; u < type.length; u++) {
      WorldRandom random = new WorldRandom(settings.worldSeed(), WorldRandom.Stream.PAIRS, u);
      for (int n = firstRow[u]; n < firstRow[u + 1]; n++) {
        do {
          int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
          item[n] = Math.min(found < 0 ? -found - 1 : found + 1, upTo.length - 1);
        } while (seen.get(item[n]));
        seen.set(item[n]);
      }
      seen.clear();
    }
    return item;
  }

  /** Number of aspects, A. */
  int aspects() {
    return quality[0].length;
  }

  /** The user of a row. */
  int userOfRow(int row) {
    int found = Arrays.binarySearch(firstRow, row);
    return found < 0 ? -found - 2 : found;
  }

  /** Latent mean of an aspect rating, m^a_ui. */
  double aspectMean(int u, int i, int a) {
    return settings.worldMean() + quality[i][a] + leniency[u] + taste[u][a];
  }

  /** Latent mean of the overall rating, m_ui. */
  double overallMean(int u, int i) {
    double sum = settings.worldMean() + leniency[u];
    for (int a = 0; a < aspects(); a++) {
      sum += importance[u][a] * (quality[i][a] + taste[u][a]);
    }
    return sum;
  }

  /** Probability that a user names an aspect in a review. */
  double mentioned(int u, int a) {
    return mention[u][a] * (1 + silence[u]);
  }

  /** Probability that a user names these aspects and no others, in any order. */
  double saidSet(int u, int[] aspects) {
    double p = silence[u];
    for (int a : aspects) {
      p *= mention[u][a] / (1 - mention[u][a]);
    }
    return p;
  }

  /** Probability that a statement on an aspect of an item names this feature. */
  double saidFeature(int i, int a, int feature) {
    int[] own = features[i][a];
    for (int each : own) {
      if (each == feature) {
        return settings.worldOwnFeature() / own.length;
      }
    }
    return (1 - settings.worldOwnFeature()) / (catalogue - own.length);
  }
}
