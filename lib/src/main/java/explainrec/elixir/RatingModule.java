package explainrec.elixir;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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
  private final RatingNetwork network;
  private final Parameters parameters;

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
    this.network = new RatingNetwork(parent, aspects, settings);
    Parameters.Builder builder = Parameters.builder();
    network.describe(builder, users, items);
    this.parameters = builder.build(parent, device, seed);
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
    network.seedDropout(seed);
  }

  /** Number of aspects that are rated: A, 0 in no-aspects. */
  public int aspects() {
    return network.aspects();
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
    return network.forward(weights, users, items, training);
  }

  /**
   * The loss (eq. 9-11): alpha L_R + (1 - alpha) L_A.
   *
   * @param forward of a batch
   * @param overall true overall ratings, (B)
   * @param aspectRatings true aspect ratings, (A, B); not read in no-aspects, whose loss is L_R
   * @return total and parts, scalars
   */
  public Loss loss(Forward forward, NDArray overall, NDArray aspectRatings) {
    return network.loss(forward, overall, aspectRatings);
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
   * @param aspects a_u and a_i, (S, A, B, d); null in no-aspects and no-global
   * @param sides u~ and i~, (S, B, d); null in no-aspects and no-global
   * @param user u, (B, d)
   * @param item i, (B, d)
   */
  public record Forward(
      NDArray ratings,
      NDArray attention,
      NDArray aspects,
      NDArray sides,
      NDArray user,
      NDArray item) {}

  /**
   * The loss and its parts, scalars.
   *
   * @param total eq. 11
   * @param overall L_R, eq. 9
   * @param aspects L_A, eq. 10; null in no-aspects
   */
  public record Loss(NDArray total, NDArray overall, NDArray aspects) {
    /** The parts by name, for the log. */
    public Map<String, NDArray> parts() {
      Map<String, NDArray> parts = new LinkedHashMap<>();
      parts.put("overall", overall);
      if (aspects != null) {
        parts.put("aspects", aspects);
      }
      return parts;
    }
  }
}
