package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import explainrec.nn.Dropout;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * The simpler model that ANR's reading layers are pretrained in: the representations of all aspects
 * side by side go through one ReLU layer for users and one for items, and a linear layer rates.
 *
 * <p>Shapes: B batch, K aspects, h = h1.
 */
final class AnrSimplified extends PairRatings {
  private final AnrSettings settings;
  private final AnrReader reader;
  private final Dropout dropout;

  /**
   * Makes an untrained model.
   *
   * @param setup data, device, seed
   * @param settings of ANR
   * @param reader of documents
   */
  AnrSimplified(Setup setup, AnrSettings settings, AnrReader reader) {
    super(setup, settings.anrBatchSize(), describe(setup, settings, reader));
    this.settings = settings;
    this.reader = reader;
    this.dropout = new Dropout(manager(), settings.anrDropout());
  }

  private static Parameters.Builder describe(Setup setup, AnrSettings settings, AnrReader reader) {
    Initial small = Initial.uniform(-0.01, 0.01);
    int h = settings.anrWidth();
    long in = (long) settings.anrAspects() * h;
    double start = settings.anrGlobalStart().equals("mean") ? setup.mean() : 0;
    Parameters.Builder builder = Parameters.builder();
    reader.describe(builder, 1);
    return builder
        .add("user.weight", small, in, h)
        .add("user.bias", Initial.zeros(), h)
        .add("item.weight", small, in, h)
        .add("item.bias", Initial.zeros(), h)
        .add("rating.weight", small, 2L * h, 1)
        .add("rating.bias", Initial.constant(start), 1);
  }

  @Override
  NDArray rate(Weights weights, Pairs pairs, boolean training) {
    AnrReader.Read read = reader.read(weights, manager(), pairs);
    dropout.begin();
    NDArray user = hidden(weights, "user", read.user(), training); // (B, h)
    NDArray item = hidden(weights, "item", read.item(), training); // (B, h)
    return NDArrays.concat(new NDList(user, item), 1)
        .matMul(weights.get("rating.weight"))
        .add(weights.get("rating.bias"))
        .squeeze(1);
  }

  private NDArray hidden(Weights weights, String side, NDArray read, boolean training) {
    NDArray all = read.reshape(-1, (long) settings.anrAspects() * settings.anrWidth()); // (B, K h)
    return Layers.hidden(
        all.matMul(weights.get(side + ".weight")).add(weights.get(side + ".bias")),
        training ? dropout : null);
  }

  @Override
  void seedDropout(long seed) {
    dropout.seed(seed);
  }
}
