package explainrec.mmi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import explainrec.backbones.ExplanationGenerator;
import explainrec.backbones.GeneratorTraining;
import explainrec.backbones.Requests;
import explainrec.backbones.Samples;
import explainrec.data.InputException;
import explainrec.nn.Parameters;
import explainrec.nn.Shuffle;
import explainrec.nn.Trainable;
import explainrec.nn.Weights;
import explainrec.text.ExplainedSplit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * MMI's fine-tuning of a generator by policy gradient. Each step draws K explanations e of every
 * request from the policy pi, all in one batch and without gradients, rewards them, and scores them
 * in one pass with gradients. For each reward x, with the mean over the request's samples as its
 * baseline,
 *
 * <p>L_x = -mean((R_x - mean_K R_x) log pi(e)), R_KL = -(log pi - log pi_ref), R_H = -log pi;
 *
 * <p>L_RL = w_MI L_MI + klWeight w_KL L_KL + entropyWeight w_H L_H, the w's by {@link
 * DynamicWeightAverage}; generators that predict the rating add their own loss. Between epochs the
 * estimators are trained on what the generator then writes, unless they are to stay.
 *
 * <p>Shapes: B requests, K samples of each, N = B K, L tokens of the longest sample.
 */
public final class PolicyGradient implements Trainable {
  private static final int TERMS = 3; // of L_RL: MI, KL, H
  private static final int AT_ONCE = 256;

  private final ExplanationGenerator generator;
  private final Weights reference;
  private final RewardModel model;
  private final Rewards rewards;
  private final ExplainedSplit data;
  private final MmiSettings settings;
  private final GeneratorTraining own;
  private final StepLog log = new StepLog();
  private final List<double[]> magnitudes = new ArrayList<>(); // of each epoch's terms
  private double[] sums; // of this epoch's terms
  private double[] weights; // DWA's
  private boolean spread; // whether any request's samples had different rewards
  private boolean oneRating; // whether all requests of this epoch had the same rating class
  private int firstRating;
  private long epochSeed;
  private int[][] batches;

  /**
   * Prepares fine-tuning.
   *
   * @param generator a trained backbone; its parameters are changed
   * @param reference a copy of its weights that stays as it is, for pi_ref
   * @param model the estimators, trained on real explanations; they are trained further
   * @param data explained
   * @param settings of fine-tuning; {@code align} says what the reward is
   * @throws InputException when there is nothing to align
   */
  public PolicyGradient(
      ExplanationGenerator generator,
      Weights reference,
      RewardModel model,
      ExplainedSplit data,
      MmiSettings settings) {
    if (settings.align().equals("none")) {
      throw InputException.setting("align", settings.align(), "rating, feature or both");
    }
    this.generator = generator;
    this.reference = reference;
    this.model = model;
    this.rewards = new Rewards(model, settings);
    this.data = data;
    this.settings = settings;
    this.own = new GeneratorTraining(generator, data, settings.mmiBatchSize());
  }

  /** What the steps so far have logged. */
  public StepLog log() {
    return log;
  }

  /**
   * What has to be kept, beside parameters and estimators, to go on later.
   *
   * @param magnitudes of the terms of every finished epoch
   * @param steps what was logged
   */
  public record Memory(List<double[]> magnitudes, Map<String, double[]> steps) {}

  /** What has been so far. */
  public Memory memory() {
    return new Memory(List.copyOf(magnitudes), log.values());
  }

  /**
   * Goes on from a kept state.
   *
   * @param kept from {@link #memory}
   */
  public void restore(Memory kept) {
    magnitudes.clear();
    magnitudes.addAll(kept.magnitudes());
    log.restore(kept.steps());
  }

  @Override
  public Parameters parameters() {
    return generator.parameters();
  }

  @Override
  public int beginEpoch(long seed) {
    generator.seedDropout(seed);
    model.forget();
    int[] order = Shuffle.of(data.split().train(), seed);
    int rows = settings.mmiRows() == 0 ? order.length : settings.mmiRows();
    order = Arrays.copyOf(order, Math.min(rows, order.length));
    if (!magnitudes.isEmpty() && settings.mmiRefit().equals("generated")) {
      refit(order, seed);
    }
    epochSeed = seed;
    spread = false;
    oneRating = true;
    firstRating = -1;
    sums = new double[TERMS];
    weights =
        settings.weighting().equals("dwa")
            ? DynamicWeightAverage.weights(magnitudes, TERMS, settings.tau())
            : new double[] {1, 1, 1};
    int size = settings.mmiBatchSize();
    batches = new int[(order.length + size - 1) / size][];
    for (int k = 0; k < batches.length; k++) {
      batches[k] = Arrays.copyOfRange(order, k * size, Math.min(order.length, (k + 1) * size));
    }
    return batches.length;
  }

  /** The estimators' turn: the generator stands still, and they learn from what it writes now. */
  private void refit(int[] rows, long seed) {
    List<String> texts = new ArrayList<>();
    int[] ratings = new int[rows.length];
    int[] features = new int[rows.length];
    for (int from = 0; from < rows.length; from += AT_ONCE) {
      int[] part = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + AT_ONCE));
      try (Drawn drawn = draw(part, 1, seed + from)) {
        texts.addAll(drawn.texts());
        System.arraycopy(drawn.ratings(), 0, ratings, from, part.length);
        System.arraycopy(drawn.requests().features(), 0, features, from, part.length);
      }
    }
    model.refit(texts, ratings, features, seed);
  }

  @Override
  public int examples(int step) {
    return batches[step].length;
  }

  @Override
  public Loss loss(int step, Weights leaves) {
    long seed = new SplittableRandom(epochSeed + step).nextLong();
    NDArray total;
    try (Drawn drawn = draw(batches[step], settings.samples(), seed)) {
      total = loss(drawn, leaves, seed);
    }
    Map<String, NDArray> parts = new LinkedHashMap<>();
    parts.put("policy", total);
    if (generator.predictsRating() && settings.backboneLoss().equals("keep")) {
      NDArray ofOwn =
          generator
              .loss(leaves, Requests.of(data, batches[step]), own.sequences(batches[step]))
              .total();
      log.add("lossBackbone", ofOwn.getFloat());
      parts.put("backbone", ofOwn);
      total = total.add(ofOwn);
    } else {
      log.add("lossBackbone", Double.NaN);
    }
    return new Loss(total, parts);
  }

  /** L_RL of one batch of samples, or DPO's loss. */
  private NDArray loss(Drawn drawn, Weights leaves, long seed) {
    Rewards.Batch batch = rewards.batch(drawn.ratings(), drawn.requests().features(), seed);
    Rewards.Given given = batch.of(drawn.texts()).silenceIsWorst(drawn.texts());
    double[] before = // under pi_ref
        logProbabilities(generator, reference, drawn.requests(), drawn.sequences());
    Samples.Scores scores = drawn.samples().scores(leaves);
    double[] now = scores.logs();
    record(drawn, given, now, before);
    if (!settings.method().equals("dpo")) {
      return scores.weighted(reinforce(drawn, batch, given, now, before));
    }
    Preference.Loss loss =
        Preference.loss(now, before, given.total(), settings.samples(), settings.dpoBeta());
    NDArray slope = scores.weighted(drawn.each(n -> loss.slopes()[n]));
    return slope.sub(slope.stopGradient()).add((float) loss.value());
  }

  /** K samples of each row's request, with the rating that goes with them. */
  private Drawn draw(int[] rows, int k, long seed) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Weights policy = generator.parameters().frozen();
      Requests requests = Requests.of(data, rows);
      requests = requests.withRatings(generator.ratings(policy, requests));
      Samples samples = generator.draw(policy, requests, k, seed);
      int[][] sequences = samples.sequences();
      Requests repeated = requests.repeat(k);
      List<String> texts =
          Arrays.stream(sequences).map(ids -> String.join(" ", generator.words(ids))).toList();
      int[] ratings = RatingClasses.of(repeated.ratings());
      return new Drawn(repeated, samples, sequences, texts, ratings, k);
    }
  }

  /**
   * log pi of whole explanations, without gradients.
   *
   * @param generator which
   * @param weights frozen
   * @param requests one a sequence, (N)
   * @param sequences ids, (N)
   * @return nats, (N)
   */
  public static double[] logProbabilities(
      ExplanationGenerator generator, Weights weights, Requests requests, int[][] sequences) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return sums(generator.logProbabilities(weights, requests, sequences), sequences.length);
    }
  }

  private static double[] sums(NDArray logProbabilities, int size) {
    float[] numbers = logProbabilities.toFloatArray();
    int longest = numbers.length / size;
    double[] sums = new double[size];
    for (int n = 0; n < numbers.length; n++) {
      sums[n / longest] += numbers[n];
    }
    return sums;
  }

  /** The three terms as coefficients of the tokens' log-probabilities, (N L). */
  private float[] reinforce(
      Drawn drawn, Rewards.Batch batch, Rewards.Given given, double[] now, double[] before) {
    int size = now.length;
    double[] kl = new double[size];
    double[] entropy = new double[size];
    for (int n = 0; n < size; n++) {
      kl[n] = before[n] - now[n];
      entropy[n] = -now[n];
    }
    double[][] advantages = {
      drawn.advantages(given.total(), settings.baseline()),
      drawn.advantages(kl, settings.baseline()),
      drawn.advantages(entropy, settings.baseline())
    };
    double[] factors = {
      weights[0], settings.klWeight() * weights[1], settings.entropyWeight() * weights[2]
    };
    String[] names = {"lossMi", "lossKl", "lossEntropy"};
    for (int x = 0; x < TERMS; x++) {
      double loss = 0;
      for (int n = 0; n < size; n++) {
        loss -= advantages[x][n] * now[n] / size;
        sums[x] += Math.abs(advantages[x][n] * now[n]) / size;
      }
      log.add(names[x], loss);
    }
    double[][] credits =
        settings.method().equals("token")
            ? TokenCredit.of(
                drawn,
                batch,
                ids -> String.join(" ", generator.words(ids)),
                settings.creditDiscount())
            : null;
    float[] coefficients = drawn.each(n -> 0);
    int longest = drawn.longest();
    for (int n = 0; n < size; n++) {
      for (int t = 0; t < drawn.sequences()[n].length; t++) {
        double mi = credits == null ? advantages[0][n] : credits[n][t];
        double sum =
            factors[0] * mi + factors[1] * advantages[1][n] + factors[2] * advantages[2][n];
        coefficients[n * longest + t] = (float) (-sum / size);
      }
    }
    return coefficients;
  }

  private void record(Drawn drawn, Rewards.Given given, double[] now, double[] before) {
    int size = now.length;
    firstRating = firstRating < 0 ? drawn.ratings()[0] : firstRating;
    oneRating &= Arrays.stream(drawn.ratings()).allMatch(rating -> rating == firstRating);
    for (int n = 0; n < size; n++) {
      int first = n / drawn.perRequest() * drawn.perRequest();
      spread |= given.total()[n] != given.total()[first];
    }
    long tokens = Arrays.stream(drawn.sequences()).mapToInt(ids -> ids.length).sum();
    long words = drawn.texts().stream().mapToInt(PolicyGradient::words).sum();
    log.add("reward", mean(given.total()));
    log.add("rewardRating", given.rating() == null ? Double.NaN : mean(given.rating()));
    log.add("rewardFeature", given.feature() == null ? Double.NaN : mean(given.feature()));
    log.add("kl", mean(now) - mean(before));
    log.add("entropy", -mean(now) * size / tokens);
    log.add("words", (double) words / size);
    log.add("distinct", (double) drawn.texts().stream().distinct().count() / size);
    log.add("weightMi", weights[0]);
    log.add("weightKl", weights[1]);
    log.add("weightEntropy", weights[2]);
    if (settings.method().equals("dpo")) {
      for (String name : List.of("lossMi", "lossKl", "lossEntropy")) {
        log.add(name, Double.NaN);
      }
    }
  }

  private static int words(String text) {
    return text.isEmpty() ? 0 : text.split(" ").length;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /**
   * The reward of what the policy now writes for validation rows, and with features the share of
   * explanations that name theirs; the sum of both, turned, is the score.
   */
  @Override
  public Validation validate() {
    if (!spread && magnitudes.isEmpty()) { // later it only means that the policy is done
      throw new InputException(
          oneRating && settings.align().equals("rating")
              ? "the generator gives every request the same rating, in whole stars: there is"
                  + " nothing to align with; train the backbone longer"
              : "all rewards of a request's samples were equal in the first epoch: the estimator"
                  + " cannot tell explanations apart; train it longer (mineEpochs, encoderEpochs)");
    }
    magnitudes.add(Arrays.stream(sums).map(sum -> sum / batches.length).toArray());
    Validation ofOwn = own.validate();
    int[] rows = data.split().validation();
    List<String> texts = new ArrayList<>();
    int[] ratings = new int[rows.length];
    int named = 0;
    for (int from = 0; from < rows.length; from += AT_ONCE) {
      int[] part = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + AT_ONCE));
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Weights policy = generator.parameters().frozen();
        Requests requests = Requests.of(data, part);
        requests = requests.withRatings(generator.ratings(policy, requests));
        System.arraycopy(RatingClasses.of(requests.ratings()), 0, ratings, from, part.length);
        for (int[] ids : generator.write(policy, requests)) {
          texts.add(String.join(" ", generator.words(ids)));
        }
      }
    }
    int[] features = Requests.of(data, rows).features();
    for (int n = 0; n < rows.length; n++) {
      named +=
          features[n] >= 0
                  && List.of(texts.get(n).split(" ")).contains(data.features().get(features[n]))
              ? 1
              : 0;
    }
    double reward = mean(rewards.batch(ratings, features, epochSeed).of(texts).total());
    double fmr = (double) named / rows.length;
    Map<String, Double> parts = new LinkedHashMap<>(ofOwn.parts());
    parts.put("reward", reward);
    parts.put("fmr", fmr);
    parts.put("usr", (double) texts.stream().distinct().count() / rows.length);
    parts.put("words", texts.stream().mapToInt(PolicyGradient::words).average().orElse(0));
    return new Validation(-reward - (rewards.ofFeature() ? fmr : 0), parts);
  }
}
