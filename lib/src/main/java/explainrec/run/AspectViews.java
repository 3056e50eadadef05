package explainrec.run;

import explainrec.data.Interactions;
import explainrec.data.Prepared;
import explainrec.data.Progress;
import explainrec.data.World;
import explainrec.data.WorldTruth;
import explainrec.elixir.ElixirRatings;
import explainrec.metrics.PrincipalComponents;
import explainrec.metrics.RatingPredictions;
import explainrec.nn.RatingPredictor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Looks into a trained rating module: attention, aspect vectors, some pairs. */
final class AspectViews {
  /** The file beside a run's result. */
  static final String FILE = "aspects.json";

  private static final int ENTITIES = 1000;
  private static final int VECTORS = 100;
  private static final int COMPONENTS = 20;
  private static final int PAIRS = 5;

  private final Interactions data;
  private final ElixirRatings elixir;
  private final WorldTruth truth;
  private final boolean attention;

  private AspectViews(Session session, Prepared prepared, ElixirRatings elixir, boolean attention) {
    this.data = prepared.interactions();
    this.elixir = elixir;
    this.truth = session.source() instanceof World world ? world.truth() : null;
    this.attention = attention;
  }

  /**
   * Writes what a model makes of aspects.
   *
   * @param folder the run's
   * @param session knows the generated world's truth
   * @param prepared the data
   * @param model which; one without aspect vectors leaves nothing
   * @param trained the model itself; any but ELIXIR leaves nothing
   * @param result of the same run
   */
  static void write(
      Path folder,
      Session session,
      Prepared prepared,
      RatingModel model,
      RatingPredictor trained,
      RunResult result) {
    boolean aspects = model == RatingModel.ELIXIR || model == RatingModel.ELIXIR_NO_ATTENTION;
    if (aspects && trained instanceof ElixirRatings elixir) {
      boolean attention = model == RatingModel.ELIXIR;
      AspectViews views = new AspectViews(session, prepared, elixir, attention);
      boolean[] leaked = prepared.leaks(Progress.SILENT).leaked(prepared.split());
      RunJson.write(folder.resolve(FILE), views.result(result, leaked));
    }
  }

  private AspectResult result(RunResult run, boolean[] leaked) {
    int[] users = spaced(data.users().size(), ENTITIES);
    int[] items = spaced(data.items().size(), ENTITIES);
    return new AspectResult(
        AspectResult.KIND,
        1,
        run.model(),
        run.title(),
        run.profile(),
        run.seed(),
        run.data(),
        attention ? side(users, 0, this::importance, "true importance") : null,
        attention ? side(items, 1, this::distance, "distance of quality from the average") : null,
        vectors(),
        pairs(run.test(), leaked));
  }

  /** Some numbers below a bound, evenly spaced; all where there are no more than wanted. */
  static int[] spaced(int bound, int most) {
    int n = Math.min(bound, most);
    return IntStream.range(0, n).map(k -> (int) ((long) k * bound / n)).toArray();
  }

  private AspectResult.Side side(
      int[] numbers, int side, IntFunction<float[]> known, String truthName) {
    int[] others = new int[numbers.length]; // attention of one side does not see the other
    float[][] weights =
        side == 0 ? elixir.attention(numbers, others)[0] : elixir.attention(others, numbers)[1];
    Arrays.stream(weights).forEach(AspectViews::round);
    return truth == null
        ? new AspectResult.Side(numbers, weights, null, null)
        : new AspectResult.Side(
            numbers,
            weights,
            Arrays.stream(numbers).mapToObj(known).toArray(float[][]::new),
            truthName);
  }

  private float[] importance(int user) {
    return floats(truth.importance(data.users().get(user)));
  }

  /** An item has no importance of its own; what it has is aspects in which it is not as others. */
  private float[] distance(int item) {
    return floats(Arrays.stream(truth.quality(data.items().get(item))).map(Math::abs).toArray());
  }

  private AspectResult.Vectors vectors() {
    int[] users = spaced(data.users().size(), VECTORS);
    float[][][] vectors = elixir.aspectVectors(users); // (A, n, d)
    PrincipalComponents found =
        PrincipalComponents.of(
            Arrays.stream(vectors).flatMap(Arrays::stream).toArray(float[][]::new), COMPONENTS);
    float[][][] components = new float[vectors.length][users.length][];
    for (int a = 0; a < vectors.length; a++) {
      for (int u = 0; u < users.length; u++) {
        components[a][u] = floats(found.scores()[a * users.length + u]);
      }
    }
    double[] shares =
        Arrays.stream(found.shares()).map(share -> Math.round(1e6 * share) / 1e6).toArray();
    return new AspectResult.Vectors(users, components, shares);
  }

  private List<AspectResult.Pair> pairs(RatingPredictions test, boolean[] leaked) {
    int[] kept = IntStream.range(0, leaked.length).filter(n -> !leaked[n]).toArray();
    List<AspectResult.Pair> pairs = new ArrayList<>();
    for (int place : spaced(kept.length, PAIRS)) {
      int n = kept[place];
      int row = test.rows()[n];
      int[] user = {data.user(row)};
      int[] item = {data.item(row)};
      float[][][] weights = attention ? elixir.attention(user, item) : null;
      pairs.add(
          new AspectResult.Pair(
              row,
              user[0],
              item[0],
              test.overall()[n],
              test.overallTruth()[n],
              column(test.aspects(), n),
              column(test.aspectTruth(), n),
              weights == null ? null : round(weights[0][0]),
              weights == null ? null : round(weights[1][0]),
              truth == null ? null : importance(user[0])));
    }
    return pairs;
  }

  private static float[] column(float[][] rows, int column) {
    float[] values = new float[rows.length];
    for (int a = 0; a < rows.length; a++) {
      values[a] = rows[a][column];
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int k = 0; k < values.length; k++) {
      rounded[k] = (float) values[k];
    }
    return round(rounded);
  }

  /** Four digits after the point are enough for charts. */
  private static float[] round(float[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.round(values[k] * 1e4) / 1e4f;
    }
    return values;
  }
}
