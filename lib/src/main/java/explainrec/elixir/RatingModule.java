package explainrec.elixir;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * ELIXIR's rating module (eq. 2-6, 9-11): from a user and an item to the overall rating, every
 * aspect rating, and how much each aspect matters to either of them.
 *
 * <p>Shapes: S = 2 sides (0 user, 1 item), B batch, A aspects, d width.
 */
public final class RatingModule implements AutoCloseable {
  private final int aspects;
  private final RatingSettings settings;
  private final Parameters parameters;
  private final AspectEncoder encoder;
  private final PersonalizedAttention attention;
  private final RatingHeads heads;
  private final Dropout dropout;

  /**
   * Makes a module with a random start.
   *
   * @param parent lives longer than the module
   * @param device where it computes
   * @param users number of users
   * @param items number of items
   * @param aspects A
   * @param settings of the module
   * @param seed of the start
   */
  public RatingModule(
      NDManager parent,
      Device device,
      int users,
      int items,
      int aspects,
      RatingSettings settings,
      long seed) {
    this.aspects = aspects;
    this.settings = settings;
    int d = settings.width();
    this.encoder = new AspectEncoder(aspects, d);
    this.attention = new PersonalizedAttention(d, settings.attentionScale().equals("sqrt"));
    this.heads = new RatingHeads(aspects, d);
    Parameters.Builder builder = Parameters.builder();
    builder.add("user.embedding", Initial.uniform(-0.1, 0.1), users, d);
    builder.add("item.embedding", Initial.uniform(-0.1, 0.1), items, d);
    if (!settings.variant().equals("no-global")) {
      encoder.describe(builder);
    }
    if (settings.variant().equals("full")) {
      attention.describe(builder);
    }
    heads.describe(builder);
    this.parameters = builder.build(parent, device, seed);
    this.dropout = new Dropout(parent, settings.dropout());
  }

  /** All trainable numbers: theta_U, theta_I, theta_A and theta_R. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Starts the sequence of dropout masks.
   *
   * @param seed the same seed gives the same masks
   */
  public void seedDropout(long seed) {
    dropout.seed(seed);
  }

  /** Number of aspects, A. */
  public int aspects() {
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
  public Forward forward(Weights weights, NDArray users, NDArray items, boolean training) {
    Dropout drop = training ? dropout : null;
    dropout.begin();
    NDArray u = Layers.embed(users, weights.get("user.embedding")); // (B, d)
    NDArray i = Layers.embed(items, weights.get("item.embedding")); // (B, d)
    if (settings.variant().equals("no-global")) {
      NDArray pair = NDArrays.concat(new NDList(u, i), 1).expandDims(0); // (1, B, 2d)
      return new Forward(heads.predict(weights, pair, drop), null, null, null);
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
    return new Forward(heads.predict(weights, pairs, drop), attended.alpha(), a, attended.sides());
  }

  /**
   * The loss (eq. 9-11): alpha L_R + (1 - alpha) L_A.
   *
   * @param forward of a batch
   * @param overall true overall ratings, (B)
   * @param aspectRatings true aspect ratings, (A, B)
   * @return total and parts, scalars
   */
  public Loss loss(Forward forward, NDArray overall, NDArray aspectRatings) {
    float alpha = (float) settings.alpha(aspects);
    NDList parts = forward.ratings().split(new long[] {1}); // (1, B), (A, B)
    NDArray ofOverall = Layers.meanSquaredError(parts.get(0).squeeze(0), overall);
    NDArray ofAspects = Layers.meanSquaredError(parts.get(1), aspectRatings);
    return new Loss(ofOverall.mul(alpha).add(ofAspects.mul(1 - alpha)), ofOverall, ofAspects);
  }

  @Override
  public void close() {
    parameters.close();
  }

  /**
   * What a forward pass gives.
   *
   * @param ratings not clamped, overall first, (A + 1, B)
   * @param attention alpha_u and alpha_i, (S, A, B); null in variants without attention
   * @param aspects a_u and a_i, (S, A, B, d); null in no-global
   * @param sides u~ and i~, (S, B, d); null in no-global
   */
  public record Forward(NDArray ratings, NDArray attention, NDArray aspects, NDArray sides) {}

  /**
   * The loss and its parts, scalars.
   *
   * @param total eq. 11
   * @param overall L_R, eq. 9
   * @param aspects L_A, eq. 10
   */
  public record Loss(NDArray total, NDArray overall, NDArray aspects) {
    /** The parts by name, for the log. */
    public Map<String, NDArray> parts() {
      Map<String, NDArray> parts = new LinkedHashMap<>();
      parts.put("overall", overall);
      parts.put("aspects", aspects);
      return parts;
    }
  }
}
