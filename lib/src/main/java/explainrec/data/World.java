package explainrec.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A generated world of hotel reviews whose truths are known: the data set {@code world}.
 *
 * <p>Everything follows from {@link WorldSettings}, byte by byte the same on every machine. Symbols
 * as there; N(0, x) is a normal number with standard deviation x, drawn anew for each index.
 *
 * <ul>
 *   <li>Users. Each is of one of five types with equal chance; a type stresses some aspects. The
 *       importance of aspect a is w_u^a = softmax_a(kappa stress(type, a) + N(0, sigma_w)), the
 *       leniency b_u = N(0, sigma_b), the taste t_u^a = N(0, sigma_t).
 *   <li>Items. q_i^a = sigma_q (sqrt(rho) g_i + sqrt(1 - rho) h_i^a) with standard normal g and h.
 *       Of each aspect an item has m features, a uniformly random subset of the catalogue.
 *   <li>Pairs. Every user reviews at least five items, drawn by popularity, none twice.
 *   <li>Ratings. With the luck of the stay z in {-sqrt 3, 0, sqrt 3}, probabilities 1/6, 2/3, 1/6,
 *       the latent scores are x^a = mu + q_i^a + b_u + t_u^a + delta z + N(0, sigma_a) and x = mu +
 *       b_u + sum_a w_u^a (q_i^a + t_u^a) + delta z + N(0, sigma_o). A rating is the latent score
 *       rounded to the grid and cut off at 1 and 5. Given the pair and z, all seven are
 *       independent.
 *   <li>What is said. Each aspect is named independently with probability p_u^a = 1 - (1 - c) exp(-
 *       g w_u^a); when none is, all are drawn again. A named aspect comes with a feature: with
 *       probability pi one of the item's own m, else one of the others of the catalogue, uniformly.
 *       Its polarity is drawn from row star(x^a) of the matrix P(polarity | star) = s M + (1 - s) /
 *       3, M being {@link #SHARP}. With probability v the review also has a verdict, its polarity
 *       drawn from row star(x). star() is the nearest whole star: with integer ratings the rating
 *       itself. The order of the statements and all wording are independent of everything else.
 *   <li>Reposts. A share of the rows takes its text from an earlier row that is no repost itself,
 *       half of them word by word, half with a sentence added at the end.
 *   <li>Dates. A user's first review falls in 2009 or 2010, the next ones follow after
 *       exponentially distributed gaps of 45 days on average.
 * </ul>
 */
public final class World implements ReviewSource {
  /**
   * The sharp polarity matrix M, from the rating (1 to 5 stars) to the probability of negative,
   * neutral, positive words; (5, 3).
   */
  static final double[][] SHARP = {
    {0.94, 0.05, 0.01},
    {0.80, 0.16, 0.04},
    {0.20, 0.60, 0.20},
    {0.04, 0.16, 0.80},
    {0.01, 0.05, 0.94}
  };

  /** Part of the fingerprint; changes when the definition of the world does. */
  private static final int VERSION = 1;

  private static final long FIRST_DAY = 14_245; // 2009-01-01
  private static final double DAY = 86_400;

  private final WorldSettings settings;
  private final WorldGrammar grammar = WorldGrammar.instance();
  private final WorldPopulation population;
  private final WorldRatings ratings;
  private final double[][] polarity;

  /** A row's ratings: latent scores, aspects first, the overall one last, (A + 1). */
  record Scores(double[] latent) {
    double overall() {
      return latent[latent.length - 1];
    }
  }

  /** Where a reposted text comes from. */
  record Origin(int row, boolean exact) {}

  /**
   * Draws the users, the items and who reviews what; the reviews are made while they are read.
   *
   * @param settings the world's size and laws
   */
  public World(WorldSettings settings) {
    this.settings = settings;
    population =
        new WorldPopulation(settings, grammar.aspects().size(), grammar.features(0).size());
    ratings = new WorldRatings(settings.worldRatings());
    polarity = new double[SHARP.length][SHARP[0].length];
    double sharp = settings.worldPolaritySharpness();
    for (int k = 0; k < SHARP.length; k++) {
      for (int p = 0; p < SHARP[k].length; p++) {
        polarity[k][p] = sharp * SHARP[k][p] + (1 - sharp) / 3;
      }
    }
  }

  @Override
  public String name() {
    return "world";
  }

  @Override
  public List<String> aspects() {
    return grammar.aspects();
  }

  @Override
  public Scale overallScale() {
    return Scale.FIVE;
  }

  @Override
  public List<Scale> aspectScales() {
    return aspects().stream().map(a -> Scale.FIVE).toList();
  }

  @Override
  public void read(Consumer<Review> sink) {
    for (int u = 0; u < settings.worldUsers(); u++) {
      WorldRandom dates = new WorldRandom(settings.worldSeed(), WorldRandom.Stream.DATES, u);
      double day = FIRST_DAY + 730 * dates.nextDouble();
      for (int row = population.firstRow[u]; row < population.firstRow[u + 1]; row++) {
        sink.accept(review(u, row, (long) (day * DAY)));
        day += 45 * dates.nextExponential();
      }
    }
  }

  @Override
  public String fingerprint() {
    return DigestUtils.sha256Hex(
        ("world " + VERSION + " " + grammar.digest() + " " + settings)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** The settings that the world was made from. */
  public WorldSettings settings() {
    return settings;
  }

  /** What is true of this world, to check methods against. */
  public WorldTruth truth() {
    return new WorldTruth(this);
  }

  private Review review(int u, int row, long time) {
    int i = population.itemOfRow[row];
    double[] latent = scores(u, i, row).latent();
    double[] aspects = new double[latent.length - 1];
    for (int a = 0; a < aspects.length; a++) {
      aspects[a] = ratings.observe(latent[a]);
    }
    double overall = ratings.observe(latent[aspects.length]);
    return new Review(userId(u), itemId(i), overall, aspects, text(row), time, 0);
  }

  /** Draws the latent scores of a row. */
  private Scores scores(int u, int i, long row) {
    return scores(u, i, new WorldRandom(settings.worldSeed(), WorldRandom.Stream.RATINGS, row));
  }

  /**
   * Draws the latent scores of one review.
   *
   * @param u the user
   * @param i the item
   * @param random where the luck and the noise come from
   * @return A aspect scores and the overall one
   */
  Scores scores(int u, int i, WorldRandom random) {
    double luck =
        settings.worldMood() * WorldRatings.LUCK[random.nextIndex(WorldRatings.LUCK_SHARE)];
    int aspects = population.aspects();
    double[] latent = new double[aspects + 1];
    for (int a = 0; a < aspects; a++) {
      latent[a] =
          population.aspectMean(u, i, a)
              + luck
              + settings.worldAspectNoise() * random.nextGaussian();
    }
    latent[aspects] =
        population.overallMean(u, i) + luck + settings.worldOverallNoise() * random.nextGaussian();
    return new Scores(latent);
  }

  /**
   * Draws what a review says.
   *
   * @param u the user
   * @param i the item
   * @param scores its latent scores
   * @param random the stream of contents
   * @return at least one statement
   */
  WorldDraw draw(int u, int i, Scores scores, WorldRandom random) {
    int aspects = population.aspects();
    int[] named = new int[aspects];
    int count = 0;
    while (count == 0) {
      for (int a = 0; a < aspects; a++) {
        if (random.nextDouble() < population.mention[u][a]) {
          named[count++] = a;
        }
      }
    }
    int[] order = Arrays.copyOf(named, count);
    random.shuffle(order);
    int[] features = new int[count];
    int[] polarities = new int[count];
    for (int k = 0; k < count; k++) {
      features[k] = feature(i, order[k], random);
      polarities[k] = random.nextIndex(polarity[WorldRatings.star(scores.latent()[order[k]])]);
    }
    int verdict =
        random.nextDouble() < settings.worldVerdict()
            ? random.nextIndex(polarity[WorldRatings.star(scores.overall())])
            : WorldDraw.NO_VERDICT;
    return new WorldDraw(order, features, polarities, verdict);
  }

  private int feature(int i, int aspect, WorldRandom random) {
    int[] own = population.features[i][aspect];
    if (random.nextDouble() < settings.worldOwnFeature()) {
      return own[random.nextInt(own.length)];
    }
    int other = random.nextInt(grammar.features(aspect).size() - own.length);
    for (int feature : own) { // ascending: step over the item's own ones
      other += other >= feature ? 1 : 0;
    }
    return other;
  }

  /** What the text of a row says; for a repost, what the row it comes from says. */
  WorldDraw drawOf(int row) {
    Origin origin = origin(row);
    int source = origin == null ? row : origin.row();
    int u = population.userOfRow(source);
    int i = population.itemOfRow[source];
    return draw(
        u,
        i,
        scores(u, i, source),
        new WorldRandom(settings.worldSeed(), WorldRandom.Stream.CONTENT, source));
  }

  /** The row that a repost copies; null when a row is no repost. */
  Origin origin(int row) {
    if (!reposted(row)) {
      return null;
    }
    WorldRandom random = reposts(row);
    random.nextDouble(); // the draw that reposted() looked at
    boolean exact = random.nextDouble() < 0.5;
    int source = random.nextInt(row);
    while (reposted(source)) {
      source = random.nextInt(row);
    }
    return new Origin(source, exact);
  }

  private boolean reposted(int row) {
    return row > 0 && reposts(row).nextDouble() < settings.worldRepost();
  }

  private WorldRandom reposts(int row) {
    return new WorldRandom(settings.worldSeed(), WorldRandom.Stream.REPOSTS, row);
  }

  /** The text of a row. */
  String text(int row) {
    Origin origin = origin(row);
    int source = origin == null ? row : origin.row();
    WorldRandom random = new WorldRandom(settings.worldSeed(), WorldRandom.Stream.PHRASES, source);
    String text = grammar.write(drawOf(source), random);
    if (origin == null || origin.exact()) {
      return text;
    }
    return text
        + " "
        + grammar.closer(
            new WorldRandom(settings.worldSeed(), WorldRandom.Stream.PHRASES, -1L - row));
  }

  WorldPopulation population() {
    return population;
  }

  WorldRatings ratings() {
    return ratings;
  }

  WorldGrammar grammar() {
    return grammar;
  }

  /** P(polarity | star), (5, 3). */
  double[][] polarity() {
    return polarity;
  }

  static String userId(int u) {
    return String.format(Locale.ROOT, "guest-%05d", u);
  }

  static String itemId(int i) {
    return String.format(Locale.ROOT, "hotel-%05d", i);
  }
}
