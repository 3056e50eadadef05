package explainrec.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is true of a {@link World}: by the ids that stand in its reviews, aspects by their number.
 *
 * <p>All of it is exact but for the mutual information between rating and text, which comes with
 * its standard error.
 */
public final class WorldTruth {
  private final World world;
  private final WorldPopulation people;
  private final WorldSettings settings;

  /**
   * A review whose text was taken from an earlier one; rows count from 0 in the order of {@link
   * World#read}.
   *
   * @param row the repost
   * @param source the row whose text it repeats
   * @param exact word by word; else with a sentence added at the end
   * @param user the repost's user id
   * @param item the repost's item id
   * @param sourceUser the source's user id
   * @param sourceItem the source's item id
   */
  public record Repost(
      int row,
      int source,
      boolean exact,
      String user,
      String item,
      String sourceUser,
      String sourceItem) {}

  WorldTruth(World world) {
    this.world = world;
    people = world.population();
    settings = world.settings();
  }

  /**
   * How much each aspect counts in a user's overall rating, w_u.
   *
   * @param user a user id
   * @return positive, summing to 1, (A)
   */
  public double[] importance(String user) {
    return people.importance[user(user)].clone();
  }

  /** The type of a user, in words: users of a type have similar importance. */
  public String type(String user) {
    return WorldPopulation.TYPES[people.type[user(user)]];
  }

  /** A user's leniency b_u, in stars. */
  public double leniency(String user) {
    return people.leniency[user(user)];
  }

  /** A user's taste in each aspect t_u, in stars, (A). */
  public double[] taste(String user) {
    return people.taste[user(user)].clone();
  }

  /** An item's quality in each aspect q_i, in stars around 0, (A). */
  public double[] quality(String item) {
    return people.quality[item(item)].clone();
  }

  /** The features that an item has, by aspect. */
  public Map<String, List<String>> features(String item) {
    int i = item(item);
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (int a = 0; a < people.aspects(); a++) {
      List<String> names = world.grammar().features(a);
      all.put(
          world.aspects().get(a),
          Arrays.stream(people.features[i][a]).mapToObj(names::get).toList());
    }
    return all;
  }

  /** The expected overall rating E[r | user, item]: no predictor has a lower mean square error. */
  public double expectedOverall(String user, String item) {
    return overall(user(user), item(item))[0];
  }

  /** The variance of the overall rating given user and item. */
  public double varianceOverall(String user, String item) {
    return overall(user(user), item(item))[1];
  }

  /** The expected rating of an aspect E[r^a | user, item]. */
  public double expectedAspect(String user, String item, int aspect) {
    return aspect(user(user), item(item), aspect)[0];
  }

  /** The variance of an aspect rating given user and item. */
  public double varianceAspect(String user, String item, int aspect) {
    return aspect(user(user), item(item), aspect)[1];
  }

  /**
   * The lowest RMSE that any prediction of the overall rating from user and item can expect, over
   * all pairs of the world: sqrt(mean of Var(r | u, i)). For a test set take the root of the mean
   * {@link #varianceOverall} of its pairs.
   */
  public double noiseFloor() {
    double sum = 0;
    for (int row = 0; row < settings.worldReviews(); row++) {
      sum += overall(people.userOfRow(row), people.itemOfRow[row])[1];
    }
    return Math.sqrt(sum / settings.worldReviews());
  }

  /** The same for the rating of one aspect. */
  public double noiseFloor(int aspect) {
    double sum = 0;
    for (int row = 0; row < settings.worldReviews(); row++) {
      sum += aspect(people.userOfRow(row), people.itemOfRow[row], aspect)[1];
    }
    return Math.sqrt(sum / settings.worldReviews());
  }

  /** The probability that a review of this user says something about an aspect. */
  public double mentionProbability(String user, int aspect) {
    return people.mentioned(user(user), aspect);
  }

  /** The probability that a statement on an aspect of this item names this feature. */
  public double featureProbability(String item, int aspect, String feature) {
    int number = world.grammar().features(aspect).indexOf(feature);
    return number < 0 ? 0 : people.saidFeature(item(item), aspect, number);
  }

  /**
   * P(polarity | rating): row k for k+1 stars; columns as {@link WorldPolarity}, (5, 3). Without
   * integer ratings the row is the whole star nearest to the latent score.
   */
  public double[][] polarityGivenRating() {
    return Arrays.stream(world.polarity()).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * The entropy H(R) and the mutual information I(R;E) in nats. R is a review's own overall rating
   * (with ratings other than integer: the whole star nearest to its latent score), E the text of
   * the same review, (user, item) uniform over the world's pairs, reposts left out. In a world of
   * more than 20,000 reviews that many evenly spaced pairs stand for all.
   *
   * @param samples texts drawn; the standard error falls with their square root, the time grows
   *     with samples times pairs (2,000 on the quick world: about two seconds)
   * @return the estimates and their standard errors
   */
  public WorldInformation mutualInformationRatingText(int samples) {
    Check.range("samples", samples, 2, 10_000_000);
    return WorldInformation.estimate(world, samples);
  }

  /** Entropy in nats of the overall rating, as in {@link #mutualInformationRatingText}, exact. */
  public double entropyRating() {
    return mutualInformationRatingText(2).entropy();
  }

  /**
   * What a single statement tells about the overall rating, each statement of a review as likely as
   * the others: how the kit takes an explanation from a review.
   *
   * @return the mutual information, its ceiling, and the polarities at each rating, exact
   */
  public WorldExplanation explanation() {
    double[][] all = new double[people.aspects()][WorldPolarity.values().length];
    Arrays.stream(all).forEach(row -> Arrays.fill(row, 1));
    return WorldExplanation.of(world, all);
  }

  /**
   * The same when some statements cannot become an explanation, for instance because their sentence
   * begins with "we".
   *
   * @param usable share of the statements on an aspect with a polarity that can, 0..1, columns as
   *     {@link WorldPolarity}, (A, 3)
   * @return the numbers over reviews that have one that can
   */
  public WorldExplanation explanation(double[][] usable) {
    for (double[] row : usable) {
      for (double share : row) {
        Check.range("usable", share, 0, 1);
      }
    }
    return WorldExplanation.of(world, usable);
  }

  /**
   * The mutual information I(F;E) in nats between one of the item's own features of an aspect (F,
   * drawn uniformly from its m) and the feature that a statement E on that aspect names, over all
   * worlds with these settings. With V features in the catalogue E = F with probability p = pi / m
   * and every other feature is equally likely, so I = log V + p log p + (1 - p) log((1 - p) / (V -
   * 1)).
   */
  public double mutualInformationFeatureText() {
    int catalogue = world.grammar().features(0).size();
    double p = settings.worldOwnFeature() / settings.worldFeatures();
    double own = p > 0 ? p * Math.log(p) : 0;
    double other = p < 1 ? (1 - p) * Math.log((1 - p) / (catalogue - 1)) : 0;
    return Math.log(catalogue) + own + other;
  }

  /** What the review of a row says, rows from 0 in the order of {@link World#read}. */
  public WorldContent said(int row) {
    Check.range("row", row, 0, settings.worldReviews() - 1L);
    WorldDraw draw = world.drawOf(row);
    List<WorldMention> mentions = new ArrayList<>();
    for (int k = 0; k < draw.aspects().length; k++) {
      int a = draw.aspects()[k];
      mentions.add(
          new WorldMention(
              world.aspects().get(a),
              world.grammar().features(a).get(draw.features()[k]),
              WorldPolarity.values()[draw.polarities()[k]]));
    }
    boolean silent = draw.verdict() == WorldDraw.NO_VERDICT;
    return new WorldContent(mentions, silent ? null : WorldPolarity.values()[draw.verdict()]);
  }

  /** The reviews whose text was taken from an earlier one, in the order of their rows. */
  public List<Repost> reposts() {
    List<Repost> all = new ArrayList<>();
    for (int row = 0; row < settings.worldReviews(); row++) {
      World.Origin origin = world.origin(row);
      if (origin != null) {
        all.add(
            new Repost(
                row,
                origin.row(),
                origin.exact(),
                World.userId(people.userOfRow(row)),
                World.itemId(people.itemOfRow[row]),
                World.userId(people.userOfRow(origin.row())),
                World.itemId(people.itemOfRow[origin.row()])));
      }
    }
    return all;
  }

  private double[] overall(int u, int i) {
    return world
        .ratings()
        .moments(people.overallMean(u, i), settings.worldMood(), settings.worldOverallNoise());
  }

  private double[] aspect(int u, int i, int aspect) {
    return world
        .ratings()
        .moments(
            people.aspectMean(u, i, aspect), settings.worldMood(), settings.worldAspectNoise());
  }

  private int user(String id) {
    return number(id, "guest-", people.type.length);
  }

  private int item(String id) {
    return number(id, "hotel-", people.quality.length);
  }

  private static int number(String id, String prefix, int count) {
    if (id.matches(prefix + "[0-9]{5,9}")) {
      int number = Integer.parseInt(id.substring(prefix.length()));
      if (number < count) {
        return number;
      }
    }
    throw new InputException(
        id
            + ": no such id in this world; ids are "
            + prefix
            + "00000 and up, "
            + count
            + " of them");
  }
}
