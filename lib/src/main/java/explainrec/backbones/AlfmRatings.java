package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import explainrec.data.Progress;
import explainrec.nn.Initial;
import explainrec.nn.Layers;
import explainrec.nn.Parameters;
import explainrec.nn.Weights;

/**
 * ALFM, the aspect-aware latent factor model (Cheng et al. 2018): r^ = mu + b_u + b_i + sum_a rho_a
 * s_a (w_a * p_u)(w_a * q_i), where rho_a = pi_u lambda_{u,a} + (1 - pi_u) lambda_{i,a} is how
 * important aspect a is to the pair, s_a = 1 - JSD(theta_{u,a}, psi_{i,a}) (base 2) how well they
 * match in it, both from the topics of the train reviews, and w_a ties factors to aspects.
 *
 * <p>Trained on half of the squared error and of the squared lengths of factors and biases, and on
 * the absolute values of w, sqrt(w^2 + 1e-6), for which a step on one row is the paper's.
 *
 * <p>The topics are parameters that no step moves: they are fitted once, and saved with the rest.
 *
 * <p>Shapes: B batch, A aspects, K topics, f factors.
 */
final class AlfmRatings extends PairRatings {
  private static final float SMOOTH = 1e-6f;
  private static final double LN2 = Math.log(2);

  private final AlfmSettings settings;
  private final float mean;
  private final long topicSeed;

  /**
   * Makes an untrained model; its topics are uniform until {@link #prepare} or {@link #load}.
   *
   * @param setup data, device, seed
   * @param settings of the model
   */
  AlfmRatings(Setup setup, AlfmSettings settings) {
    super(setup, settings.alfmBatchSize(), describe(setup, settings));
    this.settings = settings;
    this.mean = (float) setup.mean();
    this.topicSeed = setup.seed();
  }

  private static Parameters.Builder describe(Setup setup, AlfmSettings settings) {
    int a = settings.alfmAspects();
    int k = settings.alfmTopics();
    int f = settings.alfmWidth();
    Initial start = Initial.normal(settings.alfmStart());
    return Parameters.builder()
        .add("user.bias", start, setup.users(), 1)
        .add("item.bias", start, setup.items(), 1)
        .add("user.factors", start, setup.users(), f)
        .add("item.factors", start, setup.items(), f)
        .add("aspect.weights", start, a, f)
        .add("user.topics", Initial.constant(1.0 / k), setup.users(), (long) a * k)
        .add("item.topics", Initial.constant(1.0 / k), setup.items(), (long) a * k)
        .add("user.aspects", Initial.constant(1.0 / a), setup.users(), a)
        .add("item.aspects", Initial.constant(1.0 / a), setup.items(), a)
        .add("user.sides", Initial.constant(0.5), setup.users(), 1)
        .rate("user.topics", 0)
        .rate("item.topics", 0)
        .rate("user.aspects", 0)
        .rate("item.aspects", 0)
        .rate("user.sides", 0);
  }

  @Override
  public void prepare(Progress progress) {
    ReviewWords words = new ReviewWords(split(), settings.alfmVocabulary(), true);
    AspectTopics topics = new AspectTopics(words.sentences(), settings, topicSeed);
    topics.fit(progress);
    parameters().set("user.topics", topics.topics(false));
    parameters().set("item.topics", topics.topics(true));
    parameters().set("user.aspects", topics.aspects(false));
    parameters().set("item.aspects", topics.aspects(true));
    parameters().set("user.sides", topics.sides());
  }

  @Override
  NDArray rate(Weights weights, Pairs pairs, boolean training) {
    NDArray p = Layers.embed(pairs.user(), weights.get("user.factors")); // (B, f)
    NDArray q = Layers.embed(pairs.item(), weights.get("item.factors")); // (B, f)
    NDArray ratings = p.mul(q).matMul(weights.get("aspect.weights").square().transpose()); // (B, A)
    NDArray biases =
        Layers.embed(pairs.user(), weights.get("user.bias"))
            .add(Layers.embed(pairs.item(), weights.get("item.bias"))); // (B, 1)
    NDArray weighted = ratings.mul(importance(weights, pairs)).mul(match(weights, pairs)); // (B, A)
    return weighted.sum(new int[] {1}).add(biases.squeeze(1)).add(mean);
  }

  /** rho, (B, A). */
  private static NDArray importance(Weights weights, Pairs pairs) {
    NDArray side = Layers.embed(pairs.user(), weights.get("user.sides")); // (B, 1)
    NDArray user = Layers.embed(pairs.user(), weights.get("user.aspects")); // (B, A)
    NDArray item = Layers.embed(pairs.item(), weights.get("item.aspects")); // (B, A)
    return item.add(side.mul(user.sub(item)));
  }

  /** s, (B, A). */
  private NDArray match(Weights weights, Pairs pairs) {
    NDArray user = byAspect(Layers.embed(pairs.user(), weights.get("user.topics"))); // (B, A, K)
    NDArray item = byAspect(Layers.embed(pairs.item(), weights.get("item.topics"))); // (B, A, K)
    NDArray logMiddle = Layers.scale(user.add(item), 0.5).log();
    NDArray divergence =
        user.mul(user.log().sub(logMiddle)).add(item.mul(item.log().sub(logMiddle)));
    return Layers.scale(divergence.sum(new int[] {2}), -0.5 / LN2).add(1);
  }

  private NDArray byAspect(NDArray rows) {
    return rows.reshape(-1, settings.alfmAspects(), settings.alfmTopics());
  }

  @Override
  NDArray objective(Weights weights, Pairs pairs, NDArray error) {
    NDArray lengths =
        Layers.scale(MfRatings.lengths(weights, pairs), settings.alfmRegularization());
    NDArray sparse = weights.get("aspect.weights").square().add(SMOOTH).sqrt().sum();
    return Layers.scale(error.add(lengths), 0.5).add(Layers.scale(sparse, settings.alfmSparsity()));
  }
}
