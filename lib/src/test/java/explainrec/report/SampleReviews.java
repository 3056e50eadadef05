package explainrec.report;

import explainrec.metrics.RatingPredictions;
import explainrec.run.ReviewResult;
import explainrec.run.ReviewResult.Content;
import explainrec.run.ReviewResult.Cost;
import explainrec.run.ReviewResult.Epoch;
import explainrec.run.ReviewResult.Lm;
import explainrec.run.RunResult.Data;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up review runs for the tests of tables and charts. */
public final class SampleReviews {
  static final Lm MINI =
      new Lm(
          "t5-mini",
          "t5-mini, pre-trained by the kit on this data's train split",
          1_500_000,
          true,
          "ab12");
  static final String ENCODER = "all-MiniLM-L6-v2 (sha256 0123abcd)";

  private SampleReviews() {}

  /**
   * Four rows worked out by hand; the last one is leaked. METEOR 0.1, 0.3, 0.3, 0.9, each plus
   * {@code shift}; ROUGE the same; BLEU counts of the first three rows: 2 of 4 words, 1 of 3 pairs,
   * 1 of 2 triples, 1 of 1 quadruple, 4 tokens against 4; the last row: all of 8, 7, 6, 5 right.
   */
  static ReviewResult four(String model, String title, long seed, double shift) {
    double[] scores = {0.1 + shift, 0.3 + shift, 0.3 + shift, 0.9 + shift};
    int[] half = {2, 1, 1, 1, 4, 3, 2, 1, 4, 4};
    int[] whole = {8, 7, 6, 5, 8, 7, 6, 5, 8, 8};
    return run(
        model,
        title,
        seed,
        new int[][] {half, half, half, whole},
        scores,
        List.of(
            new Content(4, 5, 2, 1, 4, 2),
            new Content(3, 4, 2, 2, 2, 1),
            new Content(0, 4, 0, 0, 0, 0),
            new Content(5, 5, 4, 3, 4, 1)));
  }

  /** Rows whose scores are normal around a level; the better the level, the more words match. */
  static ReviewResult noisy(String model, String title, long seed, int rows, double level) {
    Random random = new Random(31 * seed + model.hashCode());
    Random row = new Random(1); // what is easy for one model is easy for all
    double[] scores = new double[rows];
    int[][] counts = new int[rows][];
    List<Content> content = new ArrayList<>();
    for (int n = 0; n < rows; n++) {
      double score = level + 0.08 * row.nextGaussian() + 0.03 * random.nextGaussian();
      scores[n] = Math.max(0, Math.min(1, score));
      counts[n] = new int[10];
      int words = 20 + random.nextInt(30);
      for (int k = 0; k < 4; k++) {
        counts[n][4 + k] = words - k;
        counts[n][k] = (int) Math.round((words - k) * Math.pow(scores[n], 1 + 0.5 * k));
      }
      counts[n][8] = words;
      counts[n][9] = 35;
      int shared = 1 + random.nextInt(3);
      content.add(new Content(4, 4, shared, random.nextInt(shared + 1), 4, random.nextInt(5)));
    }
    return run(model, title, seed, counts, scores, content);
  }

  /** Two models and the given seeds on 200 rows. */
  public static List<ReviewResult> study(long... seeds) {
    List<ReviewResult> runs = new ArrayList<>();
    for (long seed : seeds) {
      runs.add(noisy("elixir", "ELIXIR", seed, 200, 0.42));
      runs.add(noisy("elixir-no-aspects", "-Aspects", seed, 200, 0.36));
    }
    return runs;
  }

  private static ReviewResult run(
      String model,
      String title,
      long seed,
      int[][] counts,
      double[] scores,
      List<Content> content) {
    int rows = scores.length;
    boolean[] leaked = new boolean[rows];
    leaked[rows - 1] = true;
    int[] words = Arrays.stream(counts).mapToInt(c -> c[8]).toArray();
    double[] loss = Arrays.stream(scores).map(s -> 2 - s).toArray();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("psi", "light");
    settings.put("promptTokens", 20);
    return new ReviewResult(
        ReviewResult.KIND,
        1,
        model,
        title,
        "quick",
        seed,
        settings,
        List.of("psi = light (paper: paper)"),
        new Data("world", SampleRuns.ASPECTS, "f1", "s1", 10, 8, 80, 10, rows),
        MINI,
        Map.of("ai.djl", "0.35.0"),
        "cpu (2 threads)",
        new Cost(Map.of("psi", 1_234_567L), 65, 20.5, 180, 12, 900),
        epochs(seed),
        3,
        new ReviewResult.Test(
            counts, scores, scores, scores, scores, scores, scores, scores, scores, ENCODER, words,
            loss, content),
        null,
        leaked,
        new boolean[rows],
        new boolean[rows],
        Map.of("meteor", Arrays.stream(scores).average().orElseThrow()));
  }

  /** Five epochs, the third the best. */
  static List<Epoch> epochs(long seed) {
    double[] bleu = {0.02, 0.08, 0.12, 0.11, 0.1};
    List<Epoch> epochs = new ArrayList<>();
    for (int e = 0; e < 5; e++) {
      double shift = 0.001 * (seed % 7);
      epochs.add(
          new Epoch(e + 1, 4.0 / (e + 1), 3 - 0.2 * e, bleu[e] + shift, 2 * bleu[e] + shift, 20));
    }
    return epochs;
  }

  /** The same run with another test part. */
  static ReviewResult with(ReviewResult run, ReviewResult.Test test) {
    return copy(run, run.data(), run.settings(), run.lm(), test);
  }

  /** The same run as if made on another data set. */
  static ReviewResult on(ReviewResult run, String dataset, String splitHash) {
    Data data = run.data();
    Data other =
        new Data(
            dataset,
            data.aspects(),
            data.fingerprint(),
            splitHash,
            data.users(),
            data.items(),
            data.train(),
            data.validation(),
            data.test());
    return copy(run, other, run.settings(), run.lm(), run.test());
  }

  /** The same run with one setting changed. */
  static ReviewResult set(ReviewResult run, String key, Object value) {
    Map<String, Object> settings = new LinkedHashMap<>(run.settings());
    settings.put(key, value);
    return copy(run, run.data(), settings, run.lm(), run.test());
  }

  /** The same run without BERTScore and without a known world. */
  static ReviewResult plain(ReviewResult run) {
    ReviewResult.Test t = run.test();
    return with(
        run,
        new ReviewResult.Test(
            t.bleuCounts(),
            t.meteor(),
            t.rouge1(),
            t.rouge2(),
            t.rougeL(),
            t.rougeLsum(),
            null,
            null,
            null,
            null,
            t.words(),
            t.loss(),
            null));
  }

  /** The same run with predicted ratings. */
  static ReviewResult rated(ReviewResult run, RatingPredictions ratings) {
    return copy(run, run.data(), run.settings(), run.lm(), run.test(), ratings);
  }

  private static ReviewResult copy(
      ReviewResult run, Data data, Map<String, Object> settings, Lm lm, ReviewResult.Test test) {
    return copy(run, data, settings, lm, test, run.ratings());
  }

  private static ReviewResult copy(
      ReviewResult run,
      Data data,
      Map<String, Object> settings,
      Lm lm,
      ReviewResult.Test test,
      RatingPredictions ratings) {
    return new ReviewResult(
        run.kind(),
        run.format(),
        run.model(),
        run.title(),
        run.profile(),
        run.seed(),
        settings,
        run.deviations(),
        data,
        lm,
        run.versions(),
        run.device(),
        run.cost(),
        run.epochs(),
        run.bestEpoch(),
        test,
        ratings,
        run.leaked(),
        run.coldUser(),
        run.coldItem(),
        run.metrics());
  }
}
