package explainrec.backbones;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import explainrec.nn.Layers;
import explainrec.nn.Weights;
import java.util.Arrays;

/**
 * Samples of a word-level generator, with the probabilities they were drawn by: neither log pi nor
 * the gradient of the vocabulary's map has to ask for the scores again.
 *
 * <p>With states h of width H, the map W, b onto V words, p the probabilities at a state and c the
 * coefficients of the tokens told from it, C their sum, the gradient of sum c log p(w) is sum c W_w
 * - C p W with respect to h, and with respect to W_v it is c h for its tokens, less C p_v h: two
 * products.
 *
 * <p>R rows, the distinct states in the order of the drawing; T tokens of all sequences.
 */
final class WordSamples implements Samples {
  private static final int ROWS = 1024; // of probabilities in one product, about

  private final WordGenerator generator;
  private final Requests requests; // (N)
  private final WordWriter.Trace trace;

  /**
   * Keeps a drawing.
   *
   * @param generator that drew them
   * @param requests one a sequence, checked, (N)
   * @param trace of the drawing; closed with this
   */
  WordSamples(WordGenerator generator, Requests requests, WordWriter.Trace trace) {
    this.generator = generator;
    this.requests = requests;
    this.trace = trace;
  }

  @Override
  public int[][] sequences() {
    return trace.sequences();
  }

  @Override
  public Scores scores(Weights leaves) {
    return new Scores() {
      @Override
      public double[] logs() {
        return Arrays.stream(trace.logs()).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
      }

      @Override
      public NDArray weighted(float[] coefficients) {
        return WordSamples.this.weighted(leaves, coefficients);
      }
    };
  }

  private NDArray weighted(Weights leaves, float[] coefficients) {
    WordBatch batch = WordBatch.of(sequences());
    WordBatch.Shared shared = batch.shared(requests);
    int tokens = batch.tokens().length;
    float[] own = new float[tokens]; // c
    float[] sums = new float[trace.rows()]; // C, (R)
    long[] states = new long[trace.rows()]; // of each row
    int[][] rowOf = trace.rowOf();
    double[][] logs = trace.logs();
    double value = 0;
    for (int n = 0; n < tokens; n++) {
      int place = (int) batch.places()[n];
      int text = place / batch.length();
      int t = place % batch.length();
      int row = rowOf[text][t];
      own[n] = coefficients[place];
      sums[row] += own[n];
      states[row] = shared.of()[n];
      value += own[n] * logs[text][t];
    }
    NDArray h = generator.states(leaves, requests, shared.batch(), false); // (U, H)
    NDManager manager = h.getManager();
    NDArray table = leaves.get(WordHead.WEIGHT); // (V, H)
    NDArray bias = leaves.get(WordHead.BIAS); // (V)
    NDArray words = manager.create(batch.tokens()); // (T)
    NDArray of = manager.create(Arrays.stream(shared.of()).asLongStream().toArray()); // (T)
    NDArray told =
        Layers.embed(of, h)
            .mul(Layers.embed(words, table))
            .sum(new int[] {1})
            .add(bias.gather(words, 0)); // scores of the tokens, (T)
    NDArray slope = told.mul(manager.create(own)).sum();
    NDArray rows = Layers.embed(manager.create(states), h); // (R, H)
    slope = slope.sub(expected(rows, table, bias, manager.create(sums, new Shape(sums.length, 1))));
    return slope.sub(slope.stopGradient()).add(manager.create((float) value));
  }

  /** What the gradient of sum C logsumexp(scores) follows; its value means nothing. */
  private NDArray expected(NDArray rows, NDArray table, NDArray bias, NDArray sums) {
    NDManager manager = rows.getManager();
    long words = table.getShape().get(0);
    long width = table.getShape().get(1);
    NDArray still = rows.stopGradient();
    NDArray scaled = NDArrays.concat(new NDList(still.mul(sums), sums), 1); // (R, H + 1)
    NDArray fixed = table.stopGradient();
    NDArray toTable = manager.zeros(new Shape(words, width + 1)); // gradients of W and b
    NDList toRows = new NDList();
    long from = 0;
    for (NDArray p : trace.probabilities(ROWS)) { // (r, V)
      long to = from + p.getShape().get(0);
      toRows.add(p.matMul(fixed)); // (r, H)
      try (NDArray part =
          p.swapAxes(0, 1).matMul(scaled.get(new NDIndex().addSliceDim(from, to)))) {
        toTable.addi(part);
      }
      p.close();
      from = to;
    }
    NDArray toState = toRows.size() == 1 ? toRows.head() : NDArrays.concat(toRows); // (R, H)
    NDList slopes = toTable.split(new long[] {width}, 1); // (V, H), (V, 1)
    return rows.mul(toState.mul(sums))
        .sum()
        .add(table.mul(slopes.get(0)).sum())
        .add(bias.mul(slopes.get(1).squeeze(1)).sum());
  }

  @Override
  public void close() {
    trace.close();
  }
}
