package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.RatingStage;
import explainrec.nn.Weights;
import java.util.List;

/**
 * ANR, the aspect-based neural recommender (Chin et al. 2018): reads one representation an aspect
 * of user (P) and item (Q), estimates by co-attention how important each aspect is to each of the
 * two, and rates r^ = sum_a beta_{u,a} beta_{i,a} p_a q_a + b_u + b_i + b_0.
 *
 * <p>Importance: S = relu(P W_s Q^T); H_u = relu(P W_x + S Q W_y), H_i = relu(Q W_y + S^T P W_x);
 * beta = softmax over aspects of H v. Dropout falls on P and Q in the rating alone.
 *
 * <p>Shapes: B batch, K aspects, h = h1 and h2.
 */
final class AnrRatings extends PairRatings {
  private final Setup setup;
  private final AnrSettings settings;
  private final AnrReader reader;
  private final Dropout dropout;

  /**
   * Makes an untrained model.
   *
   * @param setup data, device, seed
   * @param settings of the model
   */
  AnrRatings(Setup setup, AnrSettings settings) {
    this(setup, settings, new AnrReader(setup.split(), settings));
  }

  /**
   * Makes an untrained model with a reader of its own.
   *
   * @param setup data, device, seed
   * @param settings of the model
   * @param reader of documents
   */
  AnrRatings(Setup setup, AnrSettings settings, AnrReader reader) {
    super(setup, settings.anrBatchSize(), describe(setup, settings, reader));
    this.setup = setup;
    this.settings = settings;
    this.reader = reader;
    this.dropout = new Dropout(manager(), settings.anrDropout());
  }

  private static Parameters.Builder describe(Setup setup, AnrSettings settings, AnrReader reader) {
    Initial small = Initial.uniform(-0.01, 0.01);
    int h1 = settings.anrWidth();
    int h2 = settings.anrImportanceWidth();
    double start = settings.anrGlobalStart().equals("mean") ? setup.mean() : 0;
    Parameters.Builder builder = Parameters.builder();
    reader.describe(builder, settings.pretrained() ? settings.anrFineTuning() : 1);
    return builder
        .add("affinity.weight", small, h1, h1)
        .add("user.hidden", small, h1, h2)
        .add("user.importance", small, h2, 1)
        .add("item.hidden", small, h1, h2)
        .add("item.importance", small, h2, 1)
        .add("user.bias", Initial.zeros(), setup.users(), 1)
        .add("item.bias", Initial.zeros(), setup.items(), 1)
        .add("global.bias", Initial.constant(start), 1);
  }

  @Override
  NDArray rate(Weights weights, Pairs pairs, boolean training) {
    AnrReader.Read read = reader.read(weights, manager(), pairs);
    NDArray p = read.user(); // (B, K, h1)
    NDArray q = read.item(); // (B, K, h1)
    NDArray s = Activation.relu(p.matMul(weights.get("affinity.weight")).matMul(q.swapAxes(1, 2)));
    NDArray user = p.matMul(weights.get("user.hidden")); // (B, K, h2)
    NDArray item = q.matMul(weights.get("item.hidden")); // (B, K, h2)
    NDArray ofUser = importance(user.add(s.matMul(item)), weights.get("user.importance"));
    NDArray ofItem =
        importance(item.add(s.swapAxes(1, 2).matMul(user)), weights.get("item.importance"));
    dropout.begin();
    NDArray ratings =
        (training ? dropout.apply(p) : p)
            .mul(training ? dropout.apply(q) : q)
            .sum(new int[] {2}); // (B, K)
    NDArray biases =
        Layers.embed(pairs.user(), weights.get("user.bias"))
            .add(Layers.embed(pairs.item(), weights.get("item.bias"))) // (B, 1)
            .add(weights.get("global.bias"));
    return ratings.mul(ofUser).mul(ofItem).sum(new int[] {1}).add(biases.squeeze(1));
  }

  /** softmax over aspects of relu(H) v, (B, K). */
  private static NDArray importance(NDArray hidden, NDArray vector) {
    return Activation.relu(hidden).matMul(vector).squeeze(2).softmax(1);
  }

  @Override
  NDArray objective(Weights weights, Pairs pairs, NDArray error) {
    if (settings.anrBiasDecay() == 0) {
      return error;
    }
    NDArray squares =
        weights.get("user.bias").square().sum().add(weights.get("item.bias").square().sum());
    return error.add(Layers.scale(squares, settings.anrBiasDecay() / 2));
  }

  @Override
  void seedDropout(long seed) {
    dropout.seed(seed);
  }

  @Override
  public List<RatingStage> stages() {
    if (!settings.pretrained()) {
      return List.of();
    }
    AnrSimplified simple = new AnrSimplified(setup, settings, reader);
    return List.of(
        new RatingStage("simplified", simple, settings.pretrainingPlan(), () -> adopt(simple)));
  }

  private void adopt(AnrSimplified simple) {
    for (String name : AnrReader.NAMES) {
      parameters().set(name, simple.parameters().values(name));
    }
  }
}
