package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.RatingStage;
import explainrec.nn.Weights;
import java.util.List;

/**
 * Neural collaborative filtering (He et al. 2017): GMF, h (p_u * q_i); MLP, h of a tower of ReLU
 * layers over the concatenated embeddings; and NeuMF, h of both side by side, each with embeddings
 * of its own.
 *
 * <p>The paper predicts clicks by a sigmoid and log loss; for ratings the output is h's product and
 * a bias that starts at the mean rating, and the loss is the squared error.
 *
 * <p>Shapes: B batch, f predictive factors, E width of an MLP embedding.
 */
final class NcfRatings extends PairRatings {
  /** Which of the three models. */
  enum Kind {
    GMF,
    MLP,
    NEUMF
  }

  private final Setup setup;
  private final NcfSettings settings;
  private final Kind kind;

  /**
   * Makes an untrained model.
   *
   * @param setup data, device, seed
   * @param settings of the models
   * @param kind which of them
   */
  NcfRatings(Setup setup, NcfSettings settings, Kind kind) {
    super(setup, settings.ncfBatchSize(), describe(setup, settings, kind));
    this.setup = setup;
    this.settings = settings;
    this.kind = kind;
  }

  private static boolean gmf(Kind kind) {
    return kind != Kind.MLP;
  }

  private static boolean mlp(Kind kind) {
    return kind != Kind.GMF;
  }

  /** Width of what the first of n layers reads, user and item side by side: twice its output. */
  private static long readBy(NcfSettings settings, int layer) {
    return (long) settings.ncfFactors() << (settings.ncfLayers() - layer);
  }

  private static Parameters.Builder describe(Setup setup, NcfSettings settings, Kind kind) {
    Initial normal = Initial.normal(0.01);
    boolean xavier = settings.ncfInitial().equals("xavier");
    long f = settings.ncfFactors();
    Parameters.Builder builder = Parameters.builder();
    if (gmf(kind)) {
      builder.add("gmf.user", normal, setup.users(), f).add("gmf.item", normal, setup.items(), f);
    }
    if (mlp(kind)) {
      long width = readBy(settings, 0) / 2;
      builder.add("mlp.user", normal, setup.users(), width);
      builder.add("mlp.item", normal, setup.items(), width);
      for (int layer = 0; layer < settings.ncfLayers(); layer++) {
        long in = readBy(settings, layer);
        long out = in / 2;
        builder.add(
            "mlp." + layer + ".weight", xavier ? Initial.xavierUniform(in, out) : normal, out, in);
        builder.add("mlp." + layer + ".bias", Initial.zeros(), out);
      }
    }
    long last = kind == Kind.NEUMF ? 2 * f : f;
    return builder
        .add("output.weight", xavier ? Initial.xavierUniform(last, 1) : normal, 1, last)
        .add("output.bias", Initial.constant(setup.mean()), 1);
  }

  @Override
  NDArray rate(Weights weights, Pairs pairs, boolean training) {
    NDArray hidden; // (B, f), NeuMF (B, 2f)
    if (kind == Kind.NEUMF) {
      hidden = NDArrays.concat(new NDList(product(weights, pairs), tower(weights, pairs)), 1);
    } else {
      hidden = kind == Kind.GMF ? product(weights, pairs) : tower(weights, pairs);
    }
    return linear(weights, "output", hidden).squeeze(1);
  }

  /** p_u * q_i, (B, f). */
  private static NDArray product(Weights weights, Pairs pairs) {
    return Layers.embed(pairs.user(), weights.get("gmf.user"))
        .mul(Layers.embed(pairs.item(), weights.get("gmf.item")));
  }

  /** The last hidden layer of MLP, (B, f). */
  private NDArray tower(Weights weights, Pairs pairs) {
    NDArray user = Layers.embed(pairs.user(), weights.get("mlp.user")); // (B, E)
    NDArray item = Layers.embed(pairs.item(), weights.get("mlp.item")); // (B, E)
    NDArray hidden = NDArrays.concat(new NDList(user, item), 1); // (B, 2E)
    for (int layer = 0; layer < settings.ncfLayers(); layer++) {
      hidden = Activation.relu(linear(weights, "mlp." + layer, hidden));
    }
    return hidden;
  }

  private static NDArray linear(Weights weights, String name, NDArray x) {
    return x.matMul(weights.get(name + ".weight").transpose()).add(weights.get(name + ".bias"));
  }

  @Override
  public List<RatingStage> stages() {
    if (kind != Kind.NEUMF || !settings.pretrained()) {
      return List.of();
    }
    NcfRatings gmf = new NcfRatings(setup, settings, Kind.GMF);
    NcfRatings mlp = new NcfRatings(setup, settings, Kind.MLP);
    return List.of(
        new RatingStage("gmf", gmf, settings.plan(), () -> adopt(gmf)),
        new RatingStage("mlp", mlp, settings.plan(), () -> adopt(mlp)));
  }

  /**
   * Takes a part's embeddings and layers, and its share of h: alpha of GMF's, 1 - alpha of MLP's.
   */
  private void adopt(NcfRatings part) {
    for (String name : part.parameters().names()) {
      if (!name.startsWith("output.")) {
        parameters().set(name, part.parameters().values(name));
      }
    }
    boolean first = part.kind == Kind.GMF;
    double share = first ? settings.neumfTradeOff() : 1 - settings.neumfTradeOff();
    float[] theirs = part.parameters().values("output.weight");
    float[] ours = parameters().values("output.weight");
    for (int n = 0; n < theirs.length; n++) {
      ours[(first ? 0 : theirs.length) + n] = (float) (share * theirs[n]);
    }
    parameters().set("output.weight", ours);
    float bias = (float) (share * part.parameters().values("output.bias")[0]);
    float before = first ? 0 : parameters().values("output.bias")[0];
    parameters().set("output.bias", new float[] {before + bias});
  }
}
