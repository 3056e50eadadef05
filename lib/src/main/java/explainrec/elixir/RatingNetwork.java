package explainrec.elixir;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * The arithmetic of ELIXIR's rating module (eq. 2-6, 9-11): from a user and an item to the overall
 * rating, every aspect rating, and how much each aspect matters to either of them.
 *
 * <p>Shapes: S = 2 sides (0 user, 1 item), B batch, A aspects, d width.
 */
final class RatingNetwork {
  private final int aspects;
  private final RatingSettings settings;
  private final AspectEncoder encoder;
  private final PersonalizedAttention attention;
  private final RatingHeads heads;
  private final Dropout dropout;

  /**
   * Makes a network; its parameters come with every call.
   *
   * @param manager of the dropout masks
   * @param aspects A of the data; no-aspects has none of them
   * @param settings of the module
   */
  RatingNetwork(NDManager manager, int aspects, RatingSettings settings) {
    this.aspects = settings.ratesAspects() ? aspects : 0;
    this.settings = settings;
    int d = settings.width();
    this.encoder = new AspectEncoder(aspects, d);
    this.attention = new PersonalizedAttention(d, settings.attentionScale().equals("sqrt"));
    this.heads = new RatingHeads(this.aspects, d);
    this.dropout = new Dropout(manager, settings.dropout());
  }

  /**
   * Describes theta_U, theta_I, theta_A and theta_R.
   *
   * @param builder takes them
   * @param users number of users
   * @param items number of items
   */
  void describe(Parameters.Builder builder, int users, int items) {
    int d = settings.width();
    builder.add("user.embedding", Initial.uniform(-0.1, 0.1), users, d);
    builder.add("item.embedding", Initial.uniform(-0.1, 0.1), items, d);
    if (settings.encodesAspects()) {
      encoder.describe(builder);
    }
    if (settings.variant().equals("full")) {
      attention.describe(builder);
    }
    heads.describe(builder);
  }

  /**
   * Starts the sequence of dropout masks.
   *
   * @param seed the same seed gives the same masks
   */
  void seedDropout(long seed) {
    dropout.seed(seed);
  }

  /** Number of aspects that are rated: A, 0 in no-aspects. */
  int aspects() {
    return aspects;
  }

  /**
   * Runs the module.
   *
   * @param weights its parameters
   * @param users user numbers, (B)
   * @param items item numbers, (B)
   * @param training whether dropout is on
   * @return ratings and attention
   */
  RatingModule.Forward forward(Weights weights, NDArray users, NDArray items, boolean training) {
    Dropout drop = training ? dropout : null;
    dropout.begin();
    NDArray u = Layers.embed(users, weights.get("user.embedding")); // (B, d)
    NDArray i = Layers.embed(items, weights.get("item.embedding")); // (B, d)
    if (!settings.encodesAspects()) { // eq. 14, 15
      NDArray pair = NDArrays.concat(new NDList(u, i), 1).expandDims(0); // (1, B, 2d)
      return new RatingModule.Forward(heads.predict(weights, pair, drop), null, null, null, u, i);
    }
    NDArray sides = NDArrays.stack(new NDList(u, i)); // (S, B, d)
    NDArray a = encoder.encode(weights, sides, drop); // (S, A, B, d)
    PersonalizedAttention.Attended attended =
        settings.variant().equals("full")
            ? attention.attend(weights, sides, a)
            : new PersonalizedAttention.Attended(a.max(new int[] {1}), null); // eq. 13
    NDArray all = NDArrays.concat(new NDList(attended.sides().expandDims(1), a), 1); // (S, H, B, d)
    NDList bySide = all.split(2);
    NDArray pairs = RatingHeads.pair(bySide.get(0).squeeze(0), bySide.get(1).squeeze(0));
    return new RatingModule.Forward(
        heads.predict(weights, pairs, drop), attended.alpha(), a, attended.sides(), u, i);
  }

  /**
   * The loss (eq. 9-11): alpha L_R + (1 - alpha) L_A.
   *
   * @param forward of a batch
   * @param overall true overall ratings, (B)
   * @param aspectRatings true aspect ratings, (A, B); not read in no-aspects
   * @return total and parts, scalars
   */
  RatingModule.Loss loss(RatingModule.Forward forward, NDArray overall, NDArray aspectRatings) {
    if (aspects == 0) {
      NDArray only = Layers.meanSquaredError(forward.ratings().squeeze(0), overall);
      return new RatingModule.Loss(only, only, null);
    }
    float alpha = (float) settings.alpha(aspects);
    NDList parts = forward.ratings().split(new long[] {1}); // (1, B), (A, B)
    NDArray ofOverall = Layers.meanSquaredError(parts.get(0).squeeze(0), overall);
    NDArray ofAspects = Layers.meanSquaredError(parts.get(1), aspectRatings);
    return new RatingModule.Loss(
        Layers.scale(ofOverall, alpha).add(Layers.scale(ofAspects, 1 - alpha)),
        ofOverall,
        ofAspects);
  }
}
