package explainrec.report;

import explainrec.metrics.ExplanationMetrics;
import explainrec.run.ExplanationResult;
import explainrec.run.ExplanationResult.Cost;
import explainrec.run.ExplanationResult.Epoch;
import explainrec.run.ExplanationResult.Estimator;
import explainrec.run.ExplanationResult.Parts;
import explainrec.run.RunResult.Data;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up explanation runs for the tests of tables and charts. */
public final class SampleExplanations {
  private static final int FEATURES = 40;

  private SampleExplanations() {}

  /** Settings of a run: those of a backbone, then what is changed. */
  static Map<String, Object> settings(String... changes) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("align", "none");
    settings.put("method", "reinforce");
    settings.put("samples", 5);
    settings.put("weighting", "dwa");
    settings.put("klWeight", 0.1);
    settings.put("entropyWeight", 0.01);
    settings.put("backboneLoss", "keep");
    settings.put("mmiBatchSize", 128);
    for (int k = 0; k < changes.length; k += 2) {
      Object value = changes[k + 1];
      settings.put(
          changes[k], changes[k + 1].matches("[0-9.]+") ? Double.valueOf((String) value) : value);
    }
    return settings;
  }

  /**
   * Four rows worked out by hand. Ratings 5, 4, 2, 1; as many sentiments right as said, from the
   * first on; the feature 0, 1, 15, 60 named in as many rows; I(R;E) of {@code bound} nats.
   */
  static ExplanationResult four(
      String model, String title, String variant, long seed, int right, double bound) {
    int[] rating = {4, 3, 1, 0};
    int[] sentiment = new int[4];
    boolean[] named = new boolean[4];
    for (int n = 0; n < 4; n++) {
      sentiment[n] = n < right ? rating[n] : (rating[n] + 1) % 5;
      named[n] = n < right;
    }
    double[] real = {5, 4, 2, 1};
    double[] predicted = model.startsWith("peter") ? new double[] {5, 4, 2, 2} : real;
    int[] half = {2, 1, 1, 1, 4, 3, 2, 1, 4, 4};
    double[] scores = {10, 20, 30, 40};
    double[] flat = {bound, bound, bound, bound};
    Parts parts = new Parts(flat, new double[4]);
    ExplanationResult.Test test =
        new ExplanationResult.Test(
            real,
            predicted,
            rating,
            sentiment,
            parts,
            variant.contains("rating") ? parts : null,
            parts,
            variant.contains("feature") ? parts : null,
            new int[] {0, 1, 15, 60},
            named,
            new int[] {0, 0, 0, 1},
            new boolean[] {false, true, false, false},
            new int[][] {{0}, {0, 1}, {}, {2}},
            new int[] {0, 1, 1, 2},
            new int[] {4, 4, 5, 3},
            new int[][] {half, half, half, half},
            scores,
            scores,
            scores,
            new double[] {-5, -5, -5, -5},
            new int[] {5, 5, 6, 4},
            new int[] {2, 2, 0, -1});
    return run(model, title, variant, seed, settings("align", align(variant)), test);
  }

  private static String align(String variant) {
    return variant.startsWith("mmi-") ? variant.split("-")[1] : "none";
  }

  /**
   * Rows with chance in them.
   *
   * @param level 0..1: how well explanations agree with rating and feature
   * @param changes settings that differ, name and value in turn
   */
  static ExplanationResult noisy(
      String model, String title, String variant, long seed, double level, String... changes) {
    int rows = 300;
    Random row = new Random(1); // what is asked for is the same in all runs
    Random random = new Random(31 * seed + model.hashCode() + variant.hashCode());
    Columns c = new Columns(rows);
    for (int n = 0; n < rows; n++) {
      c.real[n] = 1 + row.nextInt(5);
      c.predicted[n] = model.startsWith("peter") ? c.real[n] + random.nextGaussian() : c.real[n];
      c.rating[n] = (int) Math.max(0, Math.min(4, Math.rint(c.predicted[n]) - 1));
      boolean agrees = random.nextDouble() < level;
      c.sentiment[n] = agrees ? c.rating[n] : random.nextInt(5);
      c.polarity[n] = agrees ? (c.rating[n] < 2 ? 0 : c.rating[n] > 2 ? 2 : 1) : random.nextInt(3);
      c.joint[n] = agrees ? 1 + level : -1;
      c.marginal[n] = 0.1 * random.nextGaussian();
      c.feature[n] = (int) (FEATURES * Math.pow(row.nextDouble(), 2));
      c.named[n] = random.nextDouble() < level;
      c.estimated[n] = row.nextInt(30);
      c.namedEstimated[n] = random.nextDouble() < 2 * level - 0.6;
      c.features[n] = c.named[n] ? new int[] {c.feature[n]} : new int[] {random.nextInt(FEATURES)};
      c.sentence[n] = random.nextInt(300);
      c.words[n] = 4 + random.nextInt(8);
      c.tokens[n] = c.words[n] + 1;
      c.logLikelihood[n] = -c.tokens[n] * (1 + level + 0.1 * random.nextGaussian());
      c.rouge[n] = 20 + 5 * random.nextGaussian();
      for (int k = 0; k < 4; k++) {
        c.bleu[n][4 + k] = c.words[n] - k;
        c.bleu[n][k] = Math.max(0, c.words[n] - k - 1 - random.nextInt(4));
      }
      c.bleu[n][8] = c.words[n];
      c.bleu[n][9] = 8;
    }
    List<String> all = new ArrayList<>(List.of("align", align(variant)));
    all.addAll(List.of(changes));
    return run(model, title, variant, seed, settings(all.toArray(new String[0])), c.test(variant));
  }

  private static final class Columns {
    final double[] real;
    final double[] predicted;
    final int[] rating;
    final int[] sentiment;
    final int[] polarity;
    final double[] joint;
    final double[] marginal;
    final int[] feature;
    final boolean[] named;
    final int[] estimated;
    final boolean[] namedEstimated;
    final int[][] features;
    final int[] sentence;
    final int[] words;
    final int[] tokens;
    final int[][] bleu;
    final double[] rouge;
    final double[] logLikelihood;

    Columns(int rows) {
      real = new double[rows];
      predicted = new double[rows];
      rating = new int[rows];
      sentiment = new int[rows];
      polarity = new int[rows];
      joint = new double[rows];
      marginal = new double[rows];
      feature = new int[rows];
      named = new boolean[rows];
      estimated = new int[rows];
      namedEstimated = new boolean[rows];
      features = new int[rows][];
      sentence = new int[rows];
      words = new int[rows];
      tokens = new int[rows];
      bleu = new int[rows][10];
      rouge = new double[rows];
      logLikelihood = new double[rows];
    }

    ExplanationResult.Test test(String variant) {
      Parts parts = new Parts(joint, marginal);
      boolean both = variant.contains("both");
      return new ExplanationResult.Test(
          real,
          predicted,
          rating,
          sentiment,
          parts,
          both || variant.contains("rating") ? parts : null,
          parts,
          both || variant.contains("feature") ? parts : null,
          feature,
          named,
          estimated,
          namedEstimated,
          features,
          sentence,
          words,
          bleu,
          rouge,
          rouge,
          rouge,
          logLikelihood,
          tokens,
          polarity);
    }
  }

  /**
   * Att2Seq before and after MMI(R;E).
   *
   * @param before level of the backbone, as in {@link #noisy}
   * @param after level of what is made of it
   */
  static List<ExplanationResult> att2seq(double before, double after, long... seeds) {
    List<ExplanationResult> runs = new ArrayList<>();
    for (long seed : seeds) {
      runs.add(noisy("att2seq", "Att2Seq", "backbone", seed, before));
      runs.add(noisy("att2seq", "Att2Seq", "mmi-rating", seed, after));
    }
    return runs;
  }

  /** Att2Seq after MMI(R;E) with the estimators kept, at level 0.8. */
  static List<ExplanationResult> kept(long... seeds) {
    return Arrays.stream(seeds)
        .mapToObj(
            seed -> noisy("att2seq", "Att2Seq", "mmi-rating-kept", seed, 0.8, "mmiRefit", "none"))
        .toList();
  }

  /** Every generator that the paper's claims speak of, backbone and MMI. */
  public static List<ExplanationResult> study(long... seeds) {
    List<ExplanationResult> runs = new ArrayList<>();
    for (long seed : seeds) {
      runs.add(noisy("att2seq", "Att2Seq", "backbone", seed, 0.3));
      runs.add(noisy("att2seq", "Att2Seq", "mmi-rating", seed, 0.6));
      runs.add(noisy("att2seq", "Att2Seq", "mmi-rating-token", seed, 0.65, "method", "token"));
      runs.add(noisy("att2seq", "Att2Seq", "mmi-rating-dpo", seed, 0.6, "method", "dpo"));
      runs.add(noisy("peter", "PETER", "backbone", seed, 0.3));
      runs.add(noisy("peter", "PETER", "mmi-rating", seed, 0.5));
      runs.add(noisy("peter", "PETER", "mmi-rating-drop", seed, 0.8, "backboneLoss", "drop"));
      runs.add(noisy("peter-plus", "PETER+", "backbone", seed, 0.4));
      runs.add(noisy("peter-plus", "PETER+", "mmi-both", seed, 0.7));
      runs.add(noisy("apref2seq", "ApRef2Seq", "backbone", seed, 0.4));
      runs.add(noisy("apref2seq", "ApRef2Seq", "mmi-feature", seed, 0.6));
      runs.add(noisy("apref2seq", "ApRef2Seq", "mmi-feature-no-kl", seed, 0.5, "klWeight", "0"));
    }
    return runs;
  }

  private static ExplanationResult run(
      String model,
      String title,
      String variant,
      long seed,
      Map<String, Object> settings,
      ExplanationResult.Test test) {
    boolean backbone = variant.startsWith("backbone");
    return new ExplanationResult(
        ExplanationResult.KIND,
        1,
        model,
        title,
        variant,
        "quick",
        seed,
        settings,
        backbone ? List.of() : List.of("klWeight = 0.1 (paper: not stated)"),
        new Data("world", SampleRuns.ASPECTS, "f1", "s1", 10, 8, 80, 10, test.rating().length),
        "e1",
        Map.of("ai.djl", "0.35.0"),
        "cpu (2 threads)",
        new Estimator("trained (ab12)", "trained (cd34)", 1, 2, 800, 700, 0.75, 0.9),
        new Cost(123_456, 65, 20.5, 180, 12, 900),
        epochs(backbone),
        2,
        backbone ? Map.of() : steps(seed),
        test,
        ExplanationMetrics.named(test, FEATURES, new int[] {0, 0, 1, 2, 2}));
  }

  private static List<Epoch> epochs(boolean backbone) {
    List<Epoch> epochs = new ArrayList<>();
    for (int e = 1; e <= 3; e++) {
      Map<String, Double> validation = new LinkedHashMap<>();
      validation.put("text", 2.5 - 0.1 * e);
      if (!backbone) {
        validation.put("reward", 0.2 * e);
        validation.put("kl", 0.5 * e);
        validation.put("fmr", 0.4);
        validation.put("usr", 0.9 - 0.1 * e);
        validation.put("words", 8.0);
        validation.put("mine", 0.3);
      }
      epochs.add(new Epoch(e, 3 - 0.2 * e, validation, 20.5));
    }
    return epochs;
  }

  private static Map<String, double[]> steps(long seed) {
    Random random = new Random(seed);
    Map<String, double[]> steps = new LinkedHashMap<>();
    for (String name :
        List.of(
            "reward",
            "rewardRating",
            "rewardFeature",
            "lossMi",
            "lossKl",
            "lossEntropy",
            "lossBackbone",
            "weightMi",
            "weightKl",
            "weightEntropy",
            "kl",
            "entropy",
            "words",
            "distinct",
            "gradientNorm")) {
      double[] values = new double[60];
      Arrays.setAll(values, t -> 0.01 * t + 0.02 * random.nextGaussian());
      steps.put(name, values);
    }
    Arrays.fill(steps.get("rewardFeature"), Double.NaN);
    return steps;
  }
}
