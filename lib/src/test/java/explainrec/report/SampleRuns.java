package explainrec.report;

import explainrec.metrics.RatingMetrics;
import explainrec.metrics.RatingPredictions;
import explainrec.run.RunResult;
import explainrec.run.RunResult.Cost;
import explainrec.run.RunResult.Data;
import explainrec.run.RunResult.Epoch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up runs for the tests of tables and charts: predictions are truth plus known noise. */
final class SampleRuns {
  static final List<String> ASPECTS = List.of("cleanliness", "service");

  private SampleRuns() {}

  /** A run whose overall and aspect predictions are given. */
  static RunResult run(String model, String title, long seed, RatingPredictions test) {
    int rows = test.rows().length;
    boolean[] leaked = new boolean[rows];
    leaked[rows - 1] = true;
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("width", 64);
    settings.put("dropout", 0.1);
    List<String> deviations =
        model.startsWith("elixir") ? List.of("width = 64 (paper: 256)") : List.of();
    boolean trained = model.startsWith("elixir");
    return new RunResult(
        1,
        model,
        title,
        "quick",
        seed,
        settings,
        deviations,
        new Data("world", ASPECTS, "f1", "s" + seed, 10, 8, 80, 10, rows),
        Map.of("ai.djl", "0.35.0"),
        "cpu (2 threads)",
        new Cost(trained ? 123456 : 8, 2.5, trained ? 0.25 : 0, trained ? 5000 : 0, 512),
        trained ? epochs(seed) : List.of(),
        trained ? 3 : 0,
        test,
        leaked,
        new boolean[rows],
        new boolean[rows],
        RatingMetrics.named(test, ASPECTS));
  }

  /** The same run as if made on another data set. */
  static RunResult on(RunResult run, String dataset) {
    Data data = run.data();
    return new RunResult(
        run.format(),
        run.model(),
        run.title(),
        run.profile(),
        run.seed(),
        run.settings(),
        run.deviations(),
        new Data(
            dataset,
            data.aspects(),
            data.fingerprint(),
            data.splitHash(),
            data.users(),
            data.items(),
            data.train(),
            data.validation(),
            data.test()),
        run.versions(),
        run.device(),
        run.cost(),
        run.epochs(),
        run.bestEpoch(),
        run.test(),
        run.leaked(),
        run.coldUser(),
        run.coldItem(),
        run.metrics());
  }

  /** Five epochs, the third the best. */
  static List<Epoch> epochs(long seed) {
    double[] validation = {1.1, 0.9, 0.8, 0.82, 0.85};
    List<Epoch> epochs = new ArrayList<>();
    for (int e = 0; e < 5; e++) {
      double shift = 0.001 * (seed % 7);
      epochs.add(
          new Epoch(e + 1, 1.4 / (e + 1), 1.5, 1.3, validation[e] + shift, 1.05 - 0.03 * e, 0.25));
    }
    return epochs;
  }

  /** Four models and two seeds on 200 rows: ELIXIR errs least, then the ablations, then Average. */
  static List<RunResult> study(long... seeds) {
    List<RunResult> runs = new ArrayList<>();
    for (long seed : seeds) {
      runs.add(run("average", "Average", seed, noisy(200, 0.9, 5)));
      runs.add(run("bias", "Biases", seed, noisy(200, 0.75, 6)));
      runs.add(run("elixir", "ELIXIR", seed, noisy(200, 0.5, seed)));
      runs.add(run("elixir-no-attention", "-Attention", seed, noisy(200, 0.505, seed + 1000)));
      runs.add(run("elixir-no-global", "-Global", seed, noisy(200, 0.7, seed + 2000)));
    }
    return runs;
  }

  /** Predictions that miss the truth by normal noise. */
  static RatingPredictions noisy(int rows, double sd, long seed) {
    Random truth = new Random(1);
    Random noise = new Random(seed);
    int[] row = new int[rows];
    float[][] values = new float[6][rows]; // overall and two aspects: truth, prediction
    for (int n = 0; n < rows; n++) {
      row[n] = 3 * n;
      for (int k = 0; k < 6; k += 2) {
        values[k][n] = 1 + truth.nextInt(5);
        values[k + 1][n] = (float) (values[k][n] + sd * noise.nextGaussian());
      }
    }
    return new RatingPredictions(
        row,
        values[0],
        values[1],
        new float[][] {values[2], values[4]},
        new float[][] {values[3], values[5]});
  }
}
